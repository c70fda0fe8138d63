// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.controllers.deployment.DeploymentPlan.Change.Create;
import io.fairlead.controllers.internal.PodBody;
import io.fairlead.controllers.internal.PodTemplate;
import io.fairlead.controllers.internal.ReplicaSetFacts;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceType;
import java.time.Duration;

/** The ReplicaSet that a Deployment makes for a template. Pure. */
final class NewReplicaSet {
    private NewReplicaSet() {}

    static String name(DeploymentFacts deployment, Create create) {
        return deployment.metadata().name() + "-" + create.hash();
    }

    /** What the controller will read of it. */
    static ReplicaSetFacts facts(DeploymentFacts deployment, Create create) {
        return new ReplicaSetFacts(
                ObjectMetadata.of(deployment.metadata().namespace(), name(deployment, create), ""),
                create.replicas(),
                Duration.ofSeconds(deployment.spec().minReadySeconds()),
                deployment.spec().selector(),
                deployment.spec().template(),
                ReplicaSetFacts.Status.NONE);
    }

    /** The object, as JSON. */
    static ObjectNode body(DeploymentFacts deployment, Create create) {
        DeploymentFacts.Spec wanted = deployment.spec();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", ResourceType.REPLICA_SETS.apiVersion()).put("kind", ResourceType.REPLICA_SETS.kind());
        ObjectNode metadata = body.putObject("metadata")
                .put("name", name(deployment, create))
                .put("namespace", deployment.metadata().namespace());
        ObjectNode labels = metadata.putObject("labels");
        wanted.template().labels().forEach(labels::put);
        labels.put(PodTemplate.HASH_LABEL, create.hash());
        ObjectNode annotations = metadata.putObject("annotations");
        create.annotations().forEach(annotations::put);
        metadata.putArray("ownerReferences")
                .add(PodBody.tree(OwnerReference.controller(ResourceType.DEPLOYMENTS, deployment.metadata())));
        ObjectNode spec = body.putObject("spec").put("replicas", create.replicas());
        if (wanted.minReadySeconds() > 0) {
            spec.put("minReadySeconds", wanted.minReadySeconds());
        }
        ObjectNode selector = wanted.selectorTree().deepCopy();
        selector.withObjectProperty("matchLabels").put(PodTemplate.HASH_LABEL, create.hash());
        spec.set("selector", selector);
        spec.set("template", wanted.template().withHash(create.hash()));
        return body;
    }
}
