// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Decides what a deletion does to an object. Pure but for the tree it is given. */
final class Deletions {
    /** Kinds whose dependents stay unless the client says otherwise, as they did before there was a choice. */
    private static final Set<String> ORPHANING = Set.of("jobs.batch", "replicationcontrollers");

    private Deletions() {}

    /** Whether {@code next}, an update of {@code old}, is the end of an object that was marked for deletion. */
    static boolean endsWith(Resource resource, JsonObject next, JsonObject old) {
        if (!Metadata.isDeleting(old) || !Metadata.finalizers(next).isEmpty()) {
            return false;
        }
        if (isNamespace(resource)) {
            return next.objectOrEmpty("spec").texts("finalizers").isEmpty();
        }
        Long grace = Metadata.graceSeconds(old);
        return grace != null && grace == 0;
    }

    static boolean isNamespace(Resource resource) {
        return resource.definition().qualifiedName().equals("namespaces");
    }

    private static boolean isPod(Resource resource) {
        return resource.definition().qualifiedName().equals("pods");
    }

    static boolean orphansByDefault(Resource resource) {
        return ORPHANING.contains(resource.definition().qualifiedName());
    }

    /** What to do with an object that is to be deleted. */
    sealed interface Step {
        /** It is being deleted already, and nothing changes. */
        record Pending() implements Step {}

        /** Take it away. */
        record Remove() implements Step {}

        /**
         * Write it as it was changed.
         *
         * @param thenRemove whether it goes right after that
         */
        record Mark(boolean thenRemove) implements Step {}
    }

    /** Marks {@code object} as far as it must be, and says how to go on. */
    static Step mark(Resource resource, JsonObject object, DeleteOptions options, Instant now) {
        Grace grace = isPod(resource) ? graceOfPod(object, options, now) : Grace.NONE;
        if (grace == Grace.PENDING) {
            return new Step.Pending();
        }
        Set<String> finalizers = finalizers(resource, object, options);
        boolean finalizersChange = !finalizers.equals(Metadata.finalizerSet(object));
        if (grace == Grace.NONE && finalizers.isEmpty() && !finalizersChange) {
            return new Step.Remove();
        }
        if (finalizersChange) {
            Metadata.putFinalizers(object, finalizers);
        }
        if (grace == Grace.NONE) {
            if (finalizers.isEmpty()) {
                return new Step.Remove();
            }
            markAsDeleting(object, now);
            return new Step.Mark(false);
        }
        return new Step.Mark(grace == Grace.OVER && finalizers.isEmpty());
    }

    /** What the grace period of an object asks for. */
    private enum Grace {
        /** It has none. */
        NONE,
        /** It is running and does not change. */
        PENDING,
        /** It begins, or becomes shorter. */
        RUNNING,
        /** It is zero. */
        OVER
    }

    private static Grace graceOfPod(JsonObject pod, DeleteOptions options, Instant now) {
        JsonObject metadata = Metadata.of(pod);
        OptionalLong wanted = options.gracePeriodSeconds();
        if (wanted.isPresent() && wanted.getAsLong() < 0) {
            wanted = OptionalLong.of(1);
        }
        if (Metadata.isDeleting(pod)) {
            Long running = Metadata.graceSeconds(pod);
            if (running == null) {
                return Grace.NONE;
            }
            if (wanted.isEmpty() || wanted.getAsLong() >= running) {
                return Grace.PENDING;
            }
            Instant end = Instant.parse(metadata.text("deletionTimestamp"))
                    .minusSeconds(running)
                    .plusSeconds(wanted.getAsLong());
            metadata.put("deletionTimestamp", Metadata.time(end));
            metadata.put("deletionGracePeriodSeconds", wanted.getAsLong());
            return wanted.getAsLong() == 0 ? Grace.OVER : Grace.RUNNING;
        }
        JsonObject spec = pod.objectOrEmpty("spec");
        long seconds = wanted.orElse(spec.number("terminationGracePeriodSeconds", 0));
        String phase = pod.objectOrEmpty("status").text("phase");
        if (spec.text("nodeName").isEmpty() || phase.equals("Failed") || phase.equals("Succeeded")) {
            seconds = 0;
        }
        seconds = seconds < 0 ? 1 : seconds;
        metadata.put("deletionTimestamp", Metadata.time(now.plusSeconds(seconds)));
        metadata.put("deletionGracePeriodSeconds", seconds);
        raiseGeneration(metadata);
        return seconds == 0 ? Grace.OVER : Grace.RUNNING;
    }

    /** The finalizers that the wish about dependents leaves. */
    static Set<String> finalizers(Resource resource, JsonObject object, DeleteOptions options) {
        Set<String> finalizers = new LinkedHashSet<>(Metadata.finalizers(object));
        boolean orphan = finalizers.contains(Metadata.ORPHAN);
        boolean foreground = !orphan && finalizers.contains(Metadata.FOREGROUND);
        if (options.orphanDependents().isPresent()) {
            orphan = options.orphanDependents().get();
            foreground = false;
        } else if (options.propagation().isPresent()) {
            orphan = options.propagation().get().equals("Orphan");
            foreground = options.propagation().get().equals("Foreground");
        } else if (!orphan && !foreground) {
            orphan = orphansByDefault(resource);
        }
        finalizers.remove(Metadata.ORPHAN);
        finalizers.remove(Metadata.FOREGROUND);
        if (orphan) {
            finalizers.add(Metadata.ORPHAN);
        }
        if (foreground) {
            finalizers.add(Metadata.FOREGROUND);
        }
        return finalizers;
    }

    private static void markAsDeleting(JsonObject object, Instant now) {
        JsonObject metadata = Metadata.of(object);
        if (!Metadata.isDeleting(object)) {
            raiseGeneration(metadata);
            metadata.put("deletionTimestamp", Metadata.time(now));
        } else if (Instant.parse(metadata.text("deletionTimestamp")).isAfter(now)) {
            metadata.put("deletionTimestamp", Metadata.time(now));
        }
        metadata.put("deletionGracePeriodSeconds", 0);
    }

    private static void raiseGeneration(JsonObject metadata) {
        if (metadata.number("generation") > 0) {
            metadata.put("generation", metadata.number("generation") + 1);
        }
    }
}
