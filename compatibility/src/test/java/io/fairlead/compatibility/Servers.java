// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import io.fairlead.apiserver.ApiServer;
import io.fairlead.apiserver.ApiServerOptions;
import io.fairlead.apiserver.ServerCredentials;
import io.fairlead.apiserver.TlsEndpoint;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The servers that scripts are played against, as {@code -Dcompatibility.target} says: fresh ones in this JVM unless it is given,
 * the same over their port for {@code tls}, the original for {@code original} ({@code KUBEBUILDER_ASSETS} says where its programs
 * are), or the one that a kubeconfig names.
 */
final class Servers implements AutoCloseable {
    private static final String IN_PROCESS = "";
    private static final String OVER_TLS = "tls";
    private static final String ORIGINAL = "original";
    private static final String TARGET = System.getProperty("compatibility.target", IN_PROCESS);

    private final Environment environment;
    private @Nullable OriginalServer original;

    Servers(Environment environment) {
        this.environment = environment;
    }

    /** Whether what is played against is not ours, so that nothing is known to differ. */
    static boolean areForeign() {
        return !TARGET.equals(IN_PROCESS) && !TARGET.equals(OVER_TLS);
    }

    Target target() throws InterruptedException {
        return switch (TARGET) {
            case IN_PROCESS -> {
                ApiServer server = ApiServer.create(environment, ApiServerOptions.defaults());
                yield new InProcessTarget(environment, server::handle, server::close);
            }
            case OVER_TLS -> overTls();
            case ORIGINAL -> new HttpsTarget(environment, original().kubeconfig(), () -> {});
            default -> new HttpsTarget(environment, Path.of(TARGET), () -> {});
        };
    }

    private Target overTls() throws InterruptedException {
        ApiServer server = ApiServer.create(environment, ApiServerOptions.defaults());
        ServerCredentials credentials = ServerCredentials.create(environment);
        try {
            TlsEndpoint endpoint = TlsEndpoint.builder(environment, credentials).start(server::handle);
            Path kubeconfig = Files.createTempDirectory("fairlead").resolve("kubeconfig");
            credentials.writeKubeconfig(kubeconfig, endpoint.url());
            return new HttpsTarget(environment, kubeconfig, () -> {
                endpoint.close();
                server.close();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("opening a port for the server", e);
        }
    }

    private OriginalServer original() throws InterruptedException {
        OriginalServer running = original;
        if (running == null) {
            running = OriginalServer.start(environment);
            original = running;
        }
        return running;
    }

    /** A fresh name, as the recordings' were made. */
    static String namespace(Environment environment) {
        return "t" + Long.toString(Math.abs(environment.random().nextLong()), 36);
    }

    @Override
    public void close() {
        OriginalServer running = original;
        if (running != null) {
            running.close();
        }
    }
}
