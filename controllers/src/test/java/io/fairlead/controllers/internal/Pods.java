// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.ObjectMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes pods for tests: one that runs and is ready, and changes of it. */
public record Pods(PodFacts facts) {
    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    /** A ready pod, made and ready a minute ago, on {@code node-0}. */
    public static Pods ready(String name) {
        Instant since = NOW.minusSeconds(60);
        return new Pods(new PodFacts(
                metadata(name, since, Map.of()),
                "node-0",
                "Running",
                "",
                true,
                Optional.of(since),
                0,
                0,
                PodNetwork.NONE));
    }

    private static ObjectMetadata metadata(String name, Instant created, Map<String, String> annotations) {
        return new ObjectMetadata(
                "default",
                name,
                "",
                "uid-" + name,
                "1",
                1,
                created,
                Optional.empty(),
                Map.of("app", "web"),
                annotations,
                List.of(),
                List.of());
    }

    private ObjectMetadata with(Optional<Instant> deleted, Map<String, String> labels) {
        ObjectMetadata old = facts.metadata();
        return new ObjectMetadata(
                old.namespace(),
                old.name(),
                "",
                old.uid(),
                old.resourceVersion(),
                1,
                old.creationTimestamp(),
                deleted,
                labels,
                old.annotations(),
                old.ownerReferences(),
                List.of());
    }

    private Pods with(ObjectMetadata metadata) {
        return new Pods(new PodFacts(
                metadata,
                facts.nodeName(),
                facts.phase(),
                facts.reason(),
                facts.ready(),
                facts.readySince(),
                facts.restarts(),
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods on(String node) {
        return new Pods(new PodFacts(
                facts.metadata(),
                node,
                facts.phase(),
                "",
                facts.ready(),
                facts.readySince(),
                facts.restarts(),
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods inPhase(String phase) {
        return new Pods(new PodFacts(
                facts.metadata(),
                facts.nodeName(),
                phase,
                "",
                facts.ready(),
                facts.readySince(),
                facts.restarts(),
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods unready() {
        return new Pods(new PodFacts(
                facts.metadata(),
                facts.nodeName(),
                facts.phase(),
                "",
                false,
                facts.readySince(),
                facts.restarts(),
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods readySeconds(long seconds) {
        return new Pods(new PodFacts(
                facts.metadata(),
                facts.nodeName(),
                facts.phase(),
                "",
                true,
                Optional.of(NOW.minusSeconds(seconds)),
                facts.restarts(),
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods restarted(int times) {
        return new Pods(new PodFacts(
                facts.metadata(),
                facts.nodeName(),
                facts.phase(),
                "",
                facts.ready(),
                facts.readySince(),
                times,
                facts.sidecarRestarts(),
                facts.network()));
    }

    public Pods madeSeconds(long seconds) {
        return with(metadata(facts.metadata().name(), NOW.minusSeconds(seconds), Map.of()));
    }

    public Pods costing(String cost) {
        return with(metadata(
                facts.metadata().name(),
                facts.metadata().creationTimestamp(),
                Map.of(PodDeletionOrder.COST_ANNOTATION, cost)));
    }

    public Pods labelled(Map<String, String> labels) {
        return with(with(facts.metadata().deletionTimestamp(), labels));
    }

    public Pods terminating() {
        return with(with(Optional.of(NOW), facts.metadata().labels()));
    }
}
