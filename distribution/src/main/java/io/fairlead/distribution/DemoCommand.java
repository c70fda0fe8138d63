// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.cluster.Cluster;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Watch a Deployment roll out and over to a new image, in a cluster that lives as long as the show.")
final class DemoCommand implements Callable<Integer> {
    private static final int NODES = 3;

    private final Surroundings surroundings;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Terminal terminal = surroundings.terminal();
        terminal.line("Starting a cluster with " + NODES + " simulated nodes in this process ...");
        try (Cluster cluster =
                Cluster.builder(surroundings.environment()).nodes(NODES).start()) {
            new Demo(surroundings.environment(), cluster.client(), terminal).show();
        }
        return 0;
    }
}
