// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.internal.Condition;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.ResourceType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacePlannerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void saysWhatRemainsAndWhatItWaitsFor() {
        Remains.Tally tally = new Remains.Tally();
        tally.left(ResourceType.CONFIG_MAPS, List.of(List.of("example.com/hold")));

        assertThat(conditions(List.of(), tally.remains(List.of()), false))
                .extracting(Condition::type, Condition::status, Condition::message)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "NamespaceContentRemaining",
                                "True",
                                "Some resources are remaining: configmaps. has 1 resource instances"),
                        org.assertj.core.groups.Tuple.tuple(
                                "NamespaceFinalizersRemaining",
                                "True",
                                "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource"
                                        + " instances"));
    }

    @Test
    void saysThatAllIsWellAsLongAsPodsRemain() {
        Remains.Tally tally = new Remains.Tally();
        tally.left(ResourceType.PODS, List.of(List.of()));

        assertThat(conditions(List.of(), tally.remains(List.of()), true))
                .hasSize(5)
                .allMatch(condition -> condition.status().equals(Condition.FALSE));
    }

    @Test
    void isNotLetGoWhileAGroupDoesNotAnswer() {
        Remains remains = new Remains.Tally().remains(List.of("metrics.k8s.io/v1beta1: no answer"));

        assertThat(remains.nothing()).isFalse();
        assertThat(conditions(List.of(), remains, false).getFirst().reason()).isEqualTo("DiscoveryFailed");
    }

    @Test
    void keepsTheTimeOfATransitionWhileTheStatusStays() {
        List<Condition> before = conditions(List.of(), new Remains.Tally().remains(List.of()), false);
        NamespaceFacts later = namespace(before);

        assertThat(NamespacePlanner.conditions(
                        later, new Remains.Tally().remains(List.of()), false, NOW.plusSeconds(60)))
                .isEqualTo(before);
    }

    private static List<Condition> conditions(List<Condition> old, Remains remains, boolean podsRemain) {
        return NamespacePlanner.conditions(namespace(old), remains, podsRemain, NOW);
    }

    private static NamespaceFacts namespace(List<Condition> conditions) {
        return new NamespaceFacts(
                ObjectMetadata.of("", "ns", "uid-ns"), List.of(NamespacePlanner.FINALIZER), conditions);
    }
}
