// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ServerCredentials;
import io.fairlead.cluster.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Starts a cluster, has it do some work and ends it, for the JVM to record what a start needs. Its keys and its kubeconfig are made
 * and thrown away, so that the code for both is recorded too.
 */
@Command(name = "rehearse", hidden = true, description = "What the launcher runs once after a build.")
final class RehearseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    RehearseCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("fairlead-rehearsal");
        Path keys = folder.resolve("keys.pem");
        Path kubeconfig = folder.resolve("kubeconfig");
        try {
            ServerCredentials.keptIn(keys, surroundings.environment());
            try (Cluster cluster = Cluster.builder(surroundings.environment())
                    .credentials(ServerCredentials.keptIn(keys, surroundings.environment()))
                    .port(0)
                    .nodes(1)
                    .start()) {
                cluster.writeKubeconfig(kubeconfig);
                Terminal nowhere =
                        new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), true);
                new Demo(surroundings.environment(), cluster.client(), nowhere).show();
            }
        } finally {
            Files.deleteIfExists(keys);
            Files.deleteIfExists(kubeconfig);
            Files.deleteIfExists(folder);
        }
        return 0;
    }
}
