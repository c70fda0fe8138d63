// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What kubectl needs to reach a cluster as its administrator. The namespace is named because fabric8 assumes none. */
public final class Kubeconfig {
    /** The name of cluster, user and context. */
    public static final String NAME = "fairlead";

    private Kubeconfig() {}

    /** Every value is base64, a URL of our own or a constant, so none needs quoting. */
    public static String of(URI server, PublicKeys keys) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    certificate-authority-data: %3$s
                    server: %2$s
                users:
                - name: %1$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    namespace: default
                    user: %1$s
                current-context: %1$s
                preferences: {}
                """
                .formatted(
                        NAME,
                        server,
                        base64(Pem.of(keys.authority().certificate())),
                        base64(Pem.of(keys.administrator().certificate())),
                        base64(Pem.ofEllipticCurveKey(keys.administrator().key())));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
