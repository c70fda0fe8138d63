// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.ObjectMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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

    public Pods on(String node) {
        return changed(draft -> draft.nodeName = node);
    }

    public Pods inPhase(String phase) {
        return changed(draft -> draft.phase = phase);
    }

    public Pods unready() {
        return changed(draft -> draft.ready = false);
    }

    public Pods readySeconds(long seconds) {
        return changed(draft -> {
            draft.ready = true;
            draft.readySince = Optional.of(NOW.minusSeconds(seconds));
        });
    }

    public Pods restarted(int times) {
        return changed(draft -> draft.restarts = times);
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
        return with(facts.metadata().withLabels(labels));
    }

    public Pods terminating() {
        ObjectMetadata old = facts.metadata();
        return with(new ObjectMetadata(
                old.namespace(),
                old.name(),
                "",
                old.uid(),
                old.resourceVersion(),
                1,
                old.creationTimestamp(),
                Optional.of(NOW),
                old.labels(),
                old.annotations(),
                old.ownerReferences(),
                List.of()));
    }

    private Pods with(ObjectMetadata metadata) {
        return changed(draft -> draft.metadata = metadata);
    }

    private Pods changed(Consumer<Draft> change) {
        Draft draft = new Draft(facts);
        change.accept(draft);
        return new Pods(draft.facts());
    }

    /** Facts that are being changed. */
    private static final class Draft {
        private final PodFacts old;
        private ObjectMetadata metadata;
        private String nodeName;
        private String phase;
        private boolean ready;
        private Optional<Instant> readySince;
        private int restarts;

        private Draft(PodFacts old) {
            this.old = old;
            this.metadata = old.metadata();
            this.nodeName = old.nodeName();
            this.phase = old.phase();
            this.ready = old.ready();
            this.readySince = old.readySince();
            this.restarts = old.restarts();
        }

        private PodFacts facts() {
            return new PodFacts(
                    metadata,
                    nodeName,
                    phase,
                    old.reason(),
                    ready,
                    readySince,
                    restarts,
                    old.sidecarRestarts(),
                    old.network());
        }
    }
}
