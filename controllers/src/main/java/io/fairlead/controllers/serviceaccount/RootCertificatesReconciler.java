// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.serviceaccount.DefaultAccountReconciler.Created;
import io.fairlead.framework.Answer;
import io.fairlead.framework.Context;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;
import java.util.Optional;

/** Publishes the root certificates in every namespace that is not being deleted, and nothing but them. */
final class RootCertificatesReconciler implements Reconciler<ObjectMetadata> {
    private final Lister<RootCertificatesFacts> published;
    private final String certificates;

    RootCertificatesReconciler(Lister<RootCertificatesFacts> published, String certificates) {
        this.published = published;
        this.certificates = certificates;
    }

    @Override
    public Outcome reconcile(ObjectMetadata namespace, Context context) throws InterruptedException {
        ObjectKey key = new ObjectKey(namespace.name(), RootCertificatesFacts.NAME);
        Optional<RootCertificatesFacts> present = published.get(key);
        boolean right = present.isPresent() && present.get().publishes(certificates);
        if (namespace.terminating() || right) {
            return Outcome.settled();
        }
        Write write = present.isPresent()
                ? Write.patch(Write.Verb.PATCH_MERGE, key, repair(present.get()))
                : Write.create(namespace.name(), fresh(namespace.name()));
        Answer answer = context.resources(ResourceType.CONFIG_MAPS).send(write);
        return Created.outcome(answer);
    }

    private ObjectNode fresh(String namespace) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", ResourceType.CONFIG_MAPS.kind());
        describe(map.putObject("metadata")
                .put("name", RootCertificatesFacts.NAME)
                .put("namespace", namespace));
        map.putObject("data").put(RootCertificatesFacts.KEY, certificates);
        return map;
    }

    private ObjectNode repair(RootCertificatesFacts present) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        describe(patch.putObject("metadata").put("uid", present.metadata().uid()));
        ObjectNode data = patch.putObject("data");
        present.data().keySet().forEach(data::putNull);
        data.put(RootCertificatesFacts.KEY, certificates);
        return patch;
    }

    private static void describe(ObjectNode metadata) {
        metadata.putObject("annotations")
                .put(RootCertificatesFacts.DESCRIPTION_ANNOTATION, RootCertificatesFacts.DESCRIPTION);
    }
}
