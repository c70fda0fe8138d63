// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.cluster.ClusterBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "apiserver",
        mixinStandardHelpOptions = true,
        description = "Start an API server alone: no controllers, no scheduler, no nodes. Runs until Ctrl-C.")
final class ApiServerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private ServerOptions server = new ServerOptions();

    ApiServerCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    @Override
    public Integer call() throws InterruptedException {
        return new RunningCluster(surroundings, server).run(ClusterBuilder::apiServerOnly, "API server");
    }
}
