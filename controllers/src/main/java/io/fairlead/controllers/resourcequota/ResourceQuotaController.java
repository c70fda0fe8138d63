// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import static java.util.Objects.requireNonNull;

import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Discovery;
import io.fairlead.framework.Informer;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import io.fairlead.framework.Trigger;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the controller of ResourceQuotas into a host. */
@Api(Api.Status.INTERNAL)
public final class ResourceQuotaController {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceQuotaController.class);

    /** As in the original. */
    private static final int WORKERS = 5;

    /** How often to look for kinds that have come up since. As in the original. */
    private static final Duration DISCOVERY_PERIOD = Duration.ofSeconds(30);

    /** How often to ask while nothing is known: without an answer kinds that are merely numbered are not counted. */
    private static final Duration FIRST_DISCOVERY_PERIOD = Duration.ofSeconds(1);

    private final ControllerHost host;
    private final ServedKinds kinds = new ServedKinds();
    private final Map<ResourceType, Source<?>> streams = new LinkedHashMap<>();
    private final Set<ResourceType> watched = new HashSet<>();
    private final Informer<QuotaFacts> quotas;
    private final Signal needed;
    private final Trigger trigger;

    private ResourceQuotaController(ControllerHost host, List<Source<?>> streams) {
        this.host = requireNonNull(host, "host");
        streams.forEach(source -> this.streams.put(source.type(), source));
        this.needed = host.environment().newSignal();
        this.quotas = host.informer(QuotaFacts.SOURCE);
        this.trigger = host.add(Controller.forResource(QuotaFacts.SOURCE)
                .named("resource-quota-controller")
                .when(ResourceQuotaController::matters)
                .watches(
                        PodFacts.SOURCE,
                        ResourceQuotaController::frees,
                        (change, wake) -> wake(change.object().metadata().namespace(), wake))
                .workers(WORKERS)
                .reconciledBy(new QuotaReconciler(kinds)));
        quotas.onChange(change -> needed.raise());
    }

    /**
     * Adds the controller.
     *
     * @param streams sources that are read anyway: of their kinds no second stream is opened
     */
    public static void add(ControllerHost host, List<Source<?>> streams) {
        ResourceQuotaController controller = new ResourceQuotaController(host, streams);
        host.addTask("resource quota kinds", controller::run);
    }

    private static boolean matters(Change<QuotaFacts> change) {
        return switch (change) {
            case Change.Added<QuotaFacts> ignored -> true;
            case Change.Updated<QuotaFacts>(QuotaFacts old, QuotaFacts now) -> QuotaPlanner.limitsOtherwise(old, now);
            case Change.Deleted<QuotaFacts> ignored -> false;
        };
    }

    /** More is counted when objects are let in; here only what gives something back is of interest. */
    private static boolean frees(Change<PodFacts> change) {
        return switch (change) {
            case Change.Added<PodFacts> ignored -> false;
            case Change.Updated<PodFacts>(PodFacts old, PodFacts now) -> now.ended() && !old.ended();
            case Change.Deleted<PodFacts> ignored -> true;
        };
    }

    private void wake(String namespace, Trigger wake) {
        if (quotas.lister().size() > 0) {
            quotas.lister()
                    .inNamespace(namespace)
                    .forEach(quota -> wake.wake(quota.metadata().key()));
        }
    }

    /** Nothing is watched for quotas before there is one: most clusters have none. */
    private void run() throws InterruptedException {
        Environment environment = host.environment();
        while (quotas.lister().size() == 0) {
            needed.await();
        }
        while (true) {
            boolean first = kinds.known().isEmpty();
            discover();
            if (first && !kinds.known().isEmpty()) {
                quotas.lister()
                        .list()
                        .forEach(quota -> trigger.wake(quota.metadata().key()));
            }
            environment.sleep(kinds.known().isEmpty() ? FIRST_DISCOVERY_PERIOD : DISCOVERY_PERIOD);
        }
    }

    private void discover() throws InterruptedException {
        Discovery discovery;
        try {
            discovery = host.discover();
        } catch (ApiUnreachableException e) {
            LOG.warn("resource quotas: no discovery, what was known stays: {}", e.toString());
            return;
        }
        List<ResourceType> types = discovery.resources().stream()
                .filter(served -> served.type().namespaced() && served.preferred())
                .filter(served -> served.can("create", "list", "watch", "delete"))
                .map(Discovery.Served::type)
                .toList();
        kinds.know(types);
        for (ResourceType type : types) {
            // What happens to pods is told already.
            if (!type.equals(ResourceType.PODS) && watched.add(type)) {
                watch(streams.getOrDefault(type, Source.of(type, Projection.metadata())));
            }
        }
    }

    private <T> void watch(Source<T> source) {
        boolean costsMayChange = source.type().equals(ResourceType.SERVICES)
                || source.type().equals(ResourceType.PERSISTENT_VOLUME_CLAIMS);
        host.informer(source).onChange(change -> {
            boolean gone = change instanceof Change.Deleted<T>;
            if (gone || (costsMayChange && change instanceof Change.Updated<T>)) {
                wake(source.projection().metadata(change.object()).namespace(), trigger);
            }
        });
    }
}
