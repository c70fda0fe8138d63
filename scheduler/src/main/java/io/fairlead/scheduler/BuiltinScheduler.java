// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Informer;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceClient;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.util.Map;

/** Puts the parts of the built-in scheduler together. */
final class BuiltinScheduler implements Scheduler {
    private final String schedulerName;

    BuiltinScheduler(String schedulerName) {
        this.schedulerName = schedulerName;
    }

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public void addTo(ControllerHost host) {
        Environment environment = host.environment();
        Informer<PodFacts> pods = host.informer(Source.of(ResourceType.PODS, PodFacts.projection()));
        Informer<NodeFacts> nodes = host.informer(Source.of(ResourceType.NODES, NodeFacts.PROJECTION));
        Lister<ObjectMetadata> namespaces = host.informer(Source.of(ResourceType.NAMESPACES, Projection.metadata()))
                .lister();
        ResourceClient client = host.resources(ResourceType.PODS);
        SchedulerReports reports = new SchedulerReports(environment, client, host.eventSeries(schedulerName));
        Signal filled = environment.newSignal();
        Inbox inbox = new Inbox(filled);
        Binder binder = new Binder(client, reports, inbox, environment.newSignal());
        pods.onChange(change -> {
            PodFacts pod = change.object();
            inbox.podChanged(pod.key());
        });
        nodes.onChange(change -> inbox.nodeChanged(change.object().name()));
        host.addTask("scheduler-binder", binder);
        host.addTask(
                "scheduler",
                new SchedulerLoop(
                        schedulerName,
                        environment,
                        pods.lister(),
                        nodes.lister(),
                        name -> labels(namespaces, name),
                        inbox,
                        filled,
                        binder,
                        reports));
    }

    private static Map<String, String> labels(Lister<ObjectMetadata> namespaces, String name) {
        return namespaces
                .get(ObjectKey.ofCluster(name))
                .map(ObjectMetadata::labels)
                .orElse(Map.of());
    }
}
