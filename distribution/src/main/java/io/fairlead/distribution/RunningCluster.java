// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.cluster.Cluster;
import io.fairlead.cluster.ClusterBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cluster that others reach by its port, from its start to Ctrl-C. */
final class RunningCluster {
    /** Beyond that, a simulated node costs more than it teaches. */
    static final int NODES_MAX = 5_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Surroundings surroundings;
    private final ServerOptions options;

    RunningCluster(Surroundings surroundings, ServerOptions options) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Starts, says how to use it, and waits.
     *
     * @param parts chooses what the cluster consists of
     * @param what what it is called in messages
     */
    int run(UnaryOperator<ClusterBuilder> parts, String what) throws InterruptedException {
        options.check();
        KubeconfigFile kubeconfig = options.kubeconfigFile(surroundings);
        kubeconfig.check();
        Terminal terminal = surroundings.terminal();
        terminal.line("Starting the " + what + " ...");
        long started = surroundings.environment().nanoTime();
        try (Cluster cluster = start(parts)) {
            URI url = cluster.url().orElseThrow();
            kubeconfig.write(cluster);
            double seconds = (surroundings.environment().nanoTime() - started) / NANOS_PER_SECOND;
            terminal.line(String.format(
                    Locale.ROOT, "Ready after %.2f s: Kubernetes %s at %s", seconds, Program.KUBERNETES_VERSION, url));
            terminal.line("To use it, in another terminal:");
            terminal.line("  export KUBECONFIG=" + kubeconfig.path());
            terminal.line("  kubectl get all -A");
            terminal.line("Ctrl-C ends it; what is in it is lost then.");
            surroundings.interruption().await();
            terminal.line("Stopping ...");
        }
        terminal.line("Stopped.");
        return 0;
    }

    private Cluster start(UnaryOperator<ClusterBuilder> parts) throws InterruptedException {
        ClusterBuilder builder = Cluster.builder(surroundings.environment())
                .credentials(ServerOptions.credentials(surroundings))
                .port(options.port());
        try {
            return parts.apply(builder).start();
        } catch (IOException e) {
            throw new CommandException(problemOf(e), e);
        }
    }

    private String problemOf(IOException failure) {
        boolean taken = Optional.ofNullable(failure.getCause())
                .filter(BindException.class::isInstance)
                .isPresent();
        return taken
                ? "port " + options.port()
                        + " of 127.0.0.1 is not free; choose another with --port (0 takes a free one)"
                : String.valueOf(failure.getMessage());
    }
}
