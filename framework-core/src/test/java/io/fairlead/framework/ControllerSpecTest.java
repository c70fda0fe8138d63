// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerSpecTest {
    @Test
    void hasAName() {
        ControllerSpec<ReplicaSet> spec = Controller.forResource(ReplicaSet.class)
                .owns(Pod.class)
                .workers(3)
                .reconciledBy((object, context) -> Outcome.settled());

        assertThat(spec.name()).isEqualTo("replicasets-controller");
        assertThat(spec.workers()).isEqualTo(3);
        assertThat(spec.watches()).hasSize(1);
    }

    @Test
    void namesAllProblemsAtOnce() {
        assertThatThrownBy(() -> Controller.forResource(Pod.class)
                        .named("bad")
                        .workers(0)
                        .retriesMax(-1)
                        .owns(Pod.class)
                        .reconciledBy((object, context) -> Outcome.settled()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad")
                .hasMessageContaining("workers must be at least 1, is 0")
                .hasMessageContaining("retriesMax must not be negative, is -1")
                .hasMessageContaining("names the reconciled objects themselves");
    }

    @Test
    void aSettingThatIsPutRightIsNoProblemAnyMore() {
        ControllerSpec.Builder<Pod> builder = Controller.forResource(Pod.class).workers(0);
        assertThatThrownBy(() -> builder.reconciledBy((object, context) -> Outcome.settled()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(builder.workers(2)
                        .reconciledBy((object, context) -> Outcome.settled())
                        .workers())
                .isEqualTo(2);
    }

    @Test
    void aChangeDoesWhatItIsToldToInPlaceOfWakingItsKey() {
        List<String> told = new ArrayList<>();
        ControllerSpec<ObjectMetadata> spec = Controller.forResource(
                        Source.of(ResourceType.PODS, Projection.metadata()))
                .wakesBy((change, trigger) -> told.add(change.object().name()))
                .reconciledBy((object, context) -> Outcome.settled());

        spec.primaryMapper().map(new Change.Added<>(ObjectMetadata.of("default", "a", "uid-a"), false), new Trigger() {
            @Override
            public void wake(ObjectKey key) {
                throw new AssertionError("nothing is to be woken");
            }

            @Override
            public void wakeAfter(ObjectKey key, Duration delay) {
                throw new AssertionError("nothing is to be delayed");
            }
        });

        assertThat(told).containsExactly("a");
    }

    @Test
    void aSourceOfClusterObjectsHasNoNamespace() {
        assertThatThrownBy(() -> Source.of(ResourceType.NODES, Projection.metadata())
                        .selecting(Selection.ALL.inNamespace("default")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ownedObjectsWakeTheirOwnerBeforeAndAfterAChange() {
        List<ObjectKey> woken = new ArrayList<>();
        Trigger trigger = new Trigger() {
            @Override
            public void wake(ObjectKey key) {
                woken.add(key);
            }

            @Override
            public void wakeAfter(ObjectKey key, Duration delay) {
                throw new AssertionError("nothing is to be delayed");
            }
        };
        Mapper<ObjectMetadata> mapper = new OwnerMapper<>(ResourceType.REPLICA_SETS, Projection.metadata());
        ObjectMetadata pod = ObjectMetadata.of("default", "pod", "p");
        OwnerReference notControlling = new OwnerReference("apps/v1", "ReplicaSet", "c", "3", false, false);
        OwnerReference otherKind = new OwnerReference("batch/v1", "Job", "d", "4", true, false);

        mapper.map(
                new Change.Updated<>(
                        pod.withOwnerReferences(List.of(owner("a"), notControlling)),
                        pod.withOwnerReferences(List.of(owner("b")))),
                trigger);
        mapper.map(new Change.Added<>(pod.withOwnerReferences(List.of(otherKind)), false), trigger);

        assertThat(woken).containsExactly(ObjectKey.of("default", "b"), ObjectKey.of("default", "a"));
    }

    private static OwnerReference owner(String name) {
        return new OwnerReference("apps/v1", "ReplicaSet", name, "uid-" + name, true, true);
    }
}
