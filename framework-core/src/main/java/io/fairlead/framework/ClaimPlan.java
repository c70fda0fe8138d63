// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Which objects belong to an owner with a selector: those it controls and selects, and those that nobody controls and it selects.
 *
 * <p>Pure. {@link ControllerRefs} carries it out.
 *
 * @param owned already controlled by the owner, and selected
 * @param adopt selected, and controlled by nobody
 * @param release controlled by the owner, and no longer selected
 */
@Api(Api.Status.EXPERIMENTAL)
public record ClaimPlan<T>(List<T> owned, List<T> adopt, List<T> release) {
    public ClaimPlan {
        owned = List.copyOf(owned);
        adopt = List.copyOf(adopt);
        release = List.copyOf(release);
    }

    /**
     * Sorts {@code candidates} out.
     *
     * @param candidates all objects of the kind in the owner's namespace, or at least those that the owner controls or selects
     */
    public static <T> ClaimPlan<T> plan(
            ObjectMetadata owner,
            LabelSelector selector,
            Collection<T> candidates,
            Function<? super T, ObjectMetadata> metadata) {
        List<T> owned = new ArrayList<>(candidates.size());
        List<T> adopt = new ArrayList<>();
        List<T> release = new ArrayList<>();
        for (T candidate : candidates) {
            ObjectMetadata facts = metadata.apply(candidate);
            boolean selected = selector.matches(facts.labels());
            if (facts.controlledBy(owner.uid())) {
                if (selected) {
                    owned.add(candidate);
                } else if (!owner.terminating()) {
                    release.add(candidate);
                }
                // What an owner that is going away no longer selects is left to the garbage collector.
            } else if (selected && adoptable(owner, facts)) {
                adopt.add(candidate);
            }
        }
        return new ClaimPlan<>(owned, adopt, release);
    }

    private static boolean adoptable(ObjectMetadata owner, ObjectMetadata candidate) {
        return candidate.controller().isEmpty()
                && !owner.terminating()
                && !candidate.terminating()
                && (owner.namespace().isEmpty() || owner.namespace().equals(candidate.namespace()));
    }
}
