// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start a cluster: API server, controllers, scheduler and simulated nodes. Runs until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many simulated nodes there are, node-0 and so on (default: ${DEFAULT-VALUE}).")
    private int nodes;

    UpCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 0 || nodes > RunningCluster.NODES_MAX) {
            throw new CommandException("--nodes must be from 0 to " + RunningCluster.NODES_MAX + ", is " + nodes);
        }
        return new RunningCluster(surroundings, server).run(builder -> builder.nodes(nodes), "cluster");
    }
}
