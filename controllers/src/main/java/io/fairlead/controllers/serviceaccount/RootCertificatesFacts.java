// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.serviceaccount;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Selection;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.util.Map;

/** A ConfigMap that publishes the root certificates. */
record RootCertificatesFacts(ObjectMetadata metadata, Map<String, String> data) {
    static final String NAME = "kube-root-ca.crt";
    static final String KEY = "ca.crt";
    static final String DESCRIPTION_ANNOTATION = "kubernetes.io/description";

    /** Word for word as in the original: people search for it. */
    static final String DESCRIPTION =
            "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
                    + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across"
                    + " distributions of Kubernetes clusters.";

    static final Source<RootCertificatesFacts> SOURCE = Source.of(
                    ResourceType.CONFIG_MAPS,
                    Projection.facts("root certificates", RootCertificatesFacts::read, RootCertificatesFacts::metadata))
            .selecting(Selection.ALL.withFields("metadata.name=" + NAME));

    /** Whether it says just this. */
    boolean publishes(String certificates) {
        return data.equals(Map.of(KEY, certificates))
                && metadata.annotation(DESCRIPTION_ANNOTATION).equals(DESCRIPTION);
    }

    private static RootCertificatesFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Map<String, String> data = Map.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "data" -> data = json.strings();
                default -> json.skip();
            }
        }
        return new RootCertificatesFacts(metadata, data);
    }
}
