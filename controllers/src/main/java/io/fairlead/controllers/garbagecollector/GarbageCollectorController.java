// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import io.fairlead.framework.ApiUnreachableException;
import io.fairlead.framework.Change;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Discovery;
import io.fairlead.framework.Informer;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.RetryLimits;
import io.fairlead.framework.Source;
import io.fairlead.framework.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the garbage collector into a host. */
@Api(Api.Status.INTERNAL)
public final class GarbageCollectorController {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollectorController.class);

    /** As in the original: most of the time of a collection is waiting for the server. */
    private static final int WORKERS = 20;

    /** How often to look for kinds that have come up since. As in the original. */
    private static final Duration DISCOVERY_PERIOD = Duration.ofSeconds(30);

    /** How often to ask for the first time: without an answer nothing is collected. */
    private static final Duration FIRST_DISCOVERY_PERIOD = Duration.ofSeconds(1);

    private final ControllerHost host;
    private final GarbageCollector collector;
    private final Map<ResourceType, Source<?>> streams = new LinkedHashMap<>();

    /** Like the workers, kept outside of {@link #run}: should that fail, it is started again and goes on with them. */
    private final Map<ResourceType, Informer<?>> watched = new LinkedHashMap<>();

    private final List<Task> workers = new ArrayList<>();

    private GarbageCollectorController(ControllerHost host, GarbageCollector collector, List<Source<?>> streams) {
        this.host = host;
        this.collector = collector;
        streams.forEach(source -> this.streams.put(source.type(), source));
    }

    /**
     * Adds the garbage collector.
     *
     * @param streams sources that are read anyway: of their kinds no second stream is opened
     */
    public static void add(ControllerHost host, List<Source<?>> streams) {
        WorkQueue<Work> queue = host.queue("garbage-collector", RetryLimits.STANDARD);
        GarbageCollector collector = new GarbageCollector(new GarbageActions(host), queue);
        host.addTask("garbage collector", new GarbageCollectorController(host, collector, streams)::run);
    }

    /** Begins when the controllers have: nothing is garbage that soon, and the streams take their time. */
    private void run() throws InterruptedException {
        Environment environment = host.environment();
        discover();
        while (watched.isEmpty()) {
            environment.sleep(FIRST_DISCOVERY_PERIOD);
            discover();
        }
        for (Informer<?> informer : watched.values()) {
            // A graph with holes in it would take owners for gone that were merely not read yet, and ask for each.
            informer.awaitSynced();
        }
        for (int i = workers.size(); i < WORKERS; i++) {
            workers.add(environment.start("garbage collector worker " + i, collector::work));
        }
        while (true) {
            environment.sleep(DISCOVERY_PERIOD);
            discover();
        }
    }

    /** Watches what is served and not watched yet. */
    private void discover() throws InterruptedException {
        Discovery discovery;
        try {
            discovery = host.discover();
        } catch (ApiUnreachableException e) {
            LOG.warn("garbage collector: no discovery, what was known stays: {}", e.toString());
            return;
        }
        Kinds kinds = Kinds.of(discovery);
        collector.knows(kinds);
        for (ResourceType type : kinds.collected()) {
            if (!watched.containsKey(type)) {
                watched.put(type, watch(streams.getOrDefault(type, Source.of(type, Projection.metadata()))));
            }
        }
    }

    private <T> Informer<T> watch(Source<T> source) {
        Informer<T> informer = host.informer(source);
        Projection<T> projection = source.projection();
        ResourceType type = source.type();
        informer.onChange(change -> {
            ObjectMetadata now = projection.metadata(change.object());
            switch (change) {
                case Change.Added<T> ignored -> collector.observe(graph -> graph.seen(type, now));
                case Change.Updated<T>(T old, T ignored) -> {
                    String before = projection.metadata(old).uid();
                    if (!before.equals(now.uid())) {
                        collector.gone(Identity.of(type, projection.metadata(old)));
                    }
                    collector.observe(graph -> graph.seen(type, now));
                }
                case Change.Deleted<T> ignored -> collector.gone(Identity.of(type, now));
            }
        });
        return informer;
    }
}
