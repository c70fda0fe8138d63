// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.List;

/**
 * What a pod asks of the pods around it.
 *
 * @param near pods of which one must be near
 * @param apart pods of which none may be near
 * @param nearer pods that had better be near
 * @param farther pods that had better not be near
 */
record Company(
        List<PodTerm> near,
        List<PodTerm> apart,
        List<PodTerm> nearer,
        List<PodTerm> farther,
        List<SpreadConstraint> spread) {
    static final Company ANY = new Company(List.of(), List.of(), List.of(), List.of(), List.of());

    Company {
        near = List.copyOf(near);
        apart = List.copyOf(apart);
        nearer = List.copyOf(nearer);
        farther = List.copyOf(farther);
        spread = List.copyOf(spread);
    }

    /** Whether it matters to other pods' placement that a pod with these wishes is somewhere. */
    boolean hasTerms() {
        return !near.isEmpty() || !apart.isEmpty() || !nearer.isEmpty() || !farther.isEmpty();
    }

    Company withSpread(List<SpreadConstraint> newSpread) {
        return new Company(near, apart, nearer, farther, newSpread);
    }

    /** The same with what {@code spec.affinity.podAffinity} says. */
    Company readAffinity(JsonCursor json) throws IOException {
        Terms terms = Terms.read(json);
        return new Company(terms.required, apart, terms.preferred, farther, spread);
    }

    /** The same with what {@code spec.affinity.podAntiAffinity} says. */
    Company readAntiAffinity(JsonCursor json) throws IOException {
        Terms terms = Terms.read(json);
        return new Company(near, terms.required, nearer, terms.preferred, spread);
    }

    private record Terms(List<PodTerm> required, List<PodTerm> preferred) {
        private static Terms read(JsonCursor json) throws IOException {
            List<PodTerm> required = List.of();
            List<PodTerm> preferred = List.of();
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "requiredDuringSchedulingIgnoredDuringExecution" -> required = PodTerm.readRequired(json);
                    case "preferredDuringSchedulingIgnoredDuringExecution" -> preferred = PodTerm.readPreferred(json);
                    default -> json.skip();
                }
            }
            return new Terms(required, preferred);
        }
    }
}
