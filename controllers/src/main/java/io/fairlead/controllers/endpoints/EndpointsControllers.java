// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.environment.Api;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Informer;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.util.List;

/** Puts the controllers of Endpoints and of EndpointSlices into a host. */
@Api(Api.Status.INTERNAL)
public final class EndpointsControllers {
    /** As in the original. */
    private static final int WORKERS = 5;

    /** As in the original: a Service that cannot be written is looked at again when something changes. */
    private static final int RETRIES_MAX = 15;

    private EndpointsControllers() {}

    /** Adds both controllers. */
    public static void add(ControllerHost host) {
        addEndpoints(host);
        addSlices(host);
    }

    private static void addEndpoints(ControllerHost host) {
        Informer<ServiceFacts> services = host.informer(ServiceFacts.SOURCE);
        Informer<EndpointsFacts> endpoints = host.informer(EndpointsFacts.SOURCE);
        Batches batches = new Batches();
        host.add(Controller.forResource(ServiceFacts.SOURCE)
                .named("endpoint-controller")
                .watches(PodFacts.SOURCE, ServicePods::matters, ServicePods.wakesServices(services.lister(), batches))
                // One that was changed by hand is left alone until something else changes; one that is gone is made
                // again.
                .watches(
                        EndpointsFacts.SOURCE,
                        change -> change instanceof Change.Deleted<EndpointsFacts>,
                        (change, trigger) ->
                                trigger.wake(change.object().metadata().key()))
                .workers(WORKERS)
                .retriesMax(RETRIES_MAX)
                .reconciledBy(
                        new EndpointsReconciler(host.informer(PodFacts.SOURCE).lister(), endpoints.lister(), batches)));
    }

    private static void addSlices(ControllerHost host) {
        Source<ObjectMetadata> nodes = Source.of(ResourceType.NODES, Projection.metadata());
        Informer<ServiceFacts> services = host.informer(ServiceFacts.SOURCE);
        Informer<Slice> slices = host.informer(Slice.SOURCE);
        Batches batches = new Batches();
        host.add(Controller.forResource(ServiceFacts.SOURCE)
                .named("endpoint-slice-controller")
                .watches(PodFacts.SOURCE, ServicePods::matters, ServicePods.wakesServices(services.lister(), batches))
                .watches(Slice.SOURCE, (change, trigger) -> {
                    ObjectMetadata slice = change.object().metadata();
                    trigger.wake(new ObjectKey(slice.namespace(), slice.label(Slice.SERVICE_LABEL)));
                })
                .reads(nodes)
                .workers(WORKERS)
                .retriesMax(RETRIES_MAX)
                .reconciledBy(new SliceReconciler(
                        host.informer(PodFacts.SOURCE).lister(),
                        host.informer(nodes).lister(),
                        slices.index("service", EndpointsControllers::place),
                        batches)));
    }

    private static List<String> place(Slice slice) {
        String service = slice.metadata().label(Slice.SERVICE_LABEL);
        return slice.managedFor(service)
                ? List.of(SliceReconciler.place(slice.metadata().namespace(), service))
                : List.of();
    }
}
