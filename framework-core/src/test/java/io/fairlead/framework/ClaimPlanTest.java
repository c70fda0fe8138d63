// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClaimPlanTest {
    private static final LabelSelector WEB = LabelSelector.ofLabels(Map.of("app", "web"));
    private static final ObjectMetadata OWNER = ObjectMetadata.of("default", "rs", "owner");

    private static ClaimPlan<ObjectMetadata> plan(ObjectMetadata owner, ObjectMetadata... candidates) {
        return ClaimPlan.plan(owner, WEB, List.of(candidates), Function.identity());
    }

    private static ObjectMetadata pod(String name, String app, String ownerUid) {
        ObjectMetadata pod = ObjectMetadata.of("default", name, name).withLabels(Map.of("app", app));
        return ownerUid.isEmpty()
                ? pod
                : pod.withOwnerReferences(
                        List.of(new OwnerReference("apps/v1", "ReplicaSet", "rs", ownerUid, true, true)));
    }

    private static ObjectMetadata going(ObjectMetadata object) {
        return new ObjectMetadata(
                object.namespace(),
                object.name(),
                object.generateName(),
                object.uid(),
                object.resourceVersion(),
                object.generation(),
                object.creationTimestamp(),
                Optional.of(Instant.EPOCH),
                object.labels(),
                object.annotations(),
                object.ownerReferences(),
                object.finalizers());
    }

    @Test
    void keepsWhatItControlsAndSelects() {
        ObjectMetadata own = pod("a", "web", "owner");

        assertThat(plan(OWNER, own)).isEqualTo(new ClaimPlan<>(List.of(own), List.of(), List.of()));
    }

    @Test
    void leavesAloneWhatOthersControl() {
        assertThat(plan(OWNER, pod("a", "web", "other"), pod("b", "db", "other")))
                .isEqualTo(new ClaimPlan<>(List.of(), List.of(), List.of()));
    }

    @Test
    void adoptsOrphansItSelects() {
        ObjectMetadata orphan = pod("a", "web", "");

        assertThat(plan(OWNER, orphan, pod("b", "db", ""), going(pod("c", "web", ""))))
                .isEqualTo(new ClaimPlan<>(List.of(), List.of(orphan), List.of()));
    }

    @Test
    void adoptsNothingFromAnotherNamespace() {
        ObjectMetadata elsewhere = ObjectMetadata.of("other", "a", "a").withLabels(Map.of("app", "web"));

        assertThat(plan(OWNER, elsewhere).adopt()).isEmpty();
    }

    @Test
    void releasesWhatItNoLongerSelects() {
        ObjectMetadata changed = pod("a", "db", "owner");

        assertThat(plan(OWNER, changed)).isEqualTo(new ClaimPlan<>(List.of(), List.of(), List.of(changed)));
    }

    @Test
    void anOwnerThatIsGoingAwayNeitherAdoptsNorReleases() {
        ObjectMetadata own = pod("a", "web", "owner");

        assertThat(plan(going(OWNER), own, pod("b", "db", "owner"), pod("c", "web", "")))
                .isEqualTo(new ClaimPlan<>(List.of(own), List.of(), List.of()));
    }
}
