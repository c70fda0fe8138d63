// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import io.fairlead.apiserver.ServerCredentials;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a server others can reach. */
final class ServerOptions {
    private static final int PORT_MAX = 65_535;
    private static final String MEMORY = "memory";

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "6443",
            description = "Listen on this port of 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            defaultValue = MEMORY,
            description =
                    "Where objects are kept. memory: in this process, and gone when it ends (default: ${DEFAULT-VALUE}).")
    private String store = MEMORY;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Write the administrator's kubeconfig to this file (default: ~/.fairlead/kubeconfig)."
                    + " A file that is not one of fairlead's is left alone.")
    private @Nullable Path kubeconfig;

    /** Says what is wrong with the options, before anything is started. */
    void check() {
        if (port < 0 || port > PORT_MAX) {
            throw new CommandException("--port must be from 0 to " + PORT_MAX + ", is " + port);
        }
        if (!store.equals(MEMORY)) {
            throw new CommandException("there is no store \"" + store + "\"; there is: " + MEMORY);
        }
    }

    int port() {
        return port;
    }

    KubeconfigFile kubeconfigFile(Surroundings surroundings) {
        return new KubeconfigFile(Optional.ofNullable(kubeconfig)
                .orElseGet(() -> surroundings.home().resolve("kubeconfig")));
    }

    /** The keys of this user's clusters: one set for all, so that a kubeconfig outlives the cluster it was written for. */
    static ServerCredentials credentials(Surroundings surroundings) {
        Path file = surroundings.home().resolve("keys.pem");
        try {
            return ServerCredentials.keptIn(file, surroundings.environment());
        } catch (UncheckedIOException e) {
            throw new CommandException("cannot keep the cluster's keys in " + file + ": " + Reasons.of(e), e);
        }
    }
}
