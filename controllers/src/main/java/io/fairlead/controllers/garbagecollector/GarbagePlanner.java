// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.controllers.garbagecollector.OwnerGraph.Dependent;
import io.fairlead.controllers.garbagecollector.OwnerGraph.View;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Write.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides what becomes of an object by what is known of its owners and dependents. Pure. */
final class GarbagePlanner {
    private GarbagePlanner() {}

    /** What the server says of an owner that an object names. */
    enum OwnerState {
        /** It is there, and stays or goes without waiting. */
        SOLID,
        /** It is not there. */
        GONE,
        /** It goes, and waits for its dependents to go first. */
        WAITING
    }

    /** The state of an owner that is at the server as {@code owner}. */
    static OwnerState stateOf(ObjectMetadata owner) {
        return owner.terminating() && owner.finalizers().contains(OwnerGraph.FOREGROUND)
                ? OwnerState.WAITING
                : OwnerState.SOLID;
    }

    /** What to do about an object that waits for its dependents to go. */
    static GarbagePlan waiting(View view) {
        List<Dependent> blocking = view.blocking();
        if (blocking.isEmpty()) {
            return new GarbagePlan.LetGo(OwnerGraph.FOREGROUND);
        }
        return new GarbagePlan.CollectFirst(blocking.stream()
                .filter(dependent -> !dependent.waits())
                .map(dependent -> dependent.identity().uid())
                .toList());
    }

    /**
     * What to do about any other object.
     *
     * @param live as it is at the server
     * @param owners the states of all owners it names, by uid
     */
    static GarbagePlan plan(View view, ObjectMetadata live, Map<String, OwnerState> owners) {
        if (owners.isEmpty() || (live.terminating() && !live.finalizers().contains(OwnerGraph.FOREGROUND))) {
            return new GarbagePlan.Keep();
        }
        if (owners.containsValue(OwnerState.SOLID)) {
            List<String> useless = new ArrayList<>();
            owners.forEach((uid, state) -> {
                if (state != OwnerState.SOLID) {
                    useless.add(uid);
                }
            });
            return useless.isEmpty() ? new GarbagePlan.Keep() : new GarbagePlan.Disown(useless);
        }
        if (owners.containsValue(OwnerState.WAITING) && !view.dependents().isEmpty()) {
            // Owners wait for this one, and this one should wait for its own. If one of those waits already, there may
            // be a
            // circle of waiting, and somebody has to go first.
            boolean circle = view.dependents().stream().anyMatch(Dependent::waits);
            return new GarbagePlan.Delete(Propagation.FOREGROUND, circle);
        }
        return new GarbagePlan.Delete(propagation(live), false);
    }

    /** Who asked for something else before is heard. */
    private static Propagation propagation(ObjectMetadata live) {
        if (live.finalizers().contains(OwnerGraph.ORPHAN)) {
            return Propagation.ORPHAN;
        }
        return live.finalizers().contains(OwnerGraph.FOREGROUND) ? Propagation.FOREGROUND : Propagation.BACKGROUND;
    }
}
