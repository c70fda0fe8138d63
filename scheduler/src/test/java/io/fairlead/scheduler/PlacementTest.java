// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    private static final Taint TAINT = new Taint("a", "b", "NoSchedule");

    private final NodeTable table = new NodeTable();
    private final Residents residents = new Residents();
    private final Placement placement = new Placement(table, residents, namespace -> Map.of(), random(1));

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private String messageFor(Requirements pod) {
        return placement.place(Samples.podWith(pod)) instanceof Decision.Unplaceable(Diagnosis diagnosis)
                ? diagnosis.message()
                : "placed";
    }

    private static Requirements requirements(String spec) {
        return Samples.pod("p", spec).requirements();
    }

    @Nested
    class NoNodeWillDo {
        @Test
        void becauseThereIsNone() {
            assertThat(messageFor(Requirements.NONE)).isEqualTo("no nodes available to schedule pods");
        }

        @Test
        void becauseOfMoreThanAnyNodeHas() {
            for (int i = 0; i < 5; i++) {
                table.put(Samples.node("node-" + i));
            }

            assertThat(messageFor(Samples.asking(100_000, 1L << 40)))
                    .isEqualTo("0/5 nodes are available: 5 Insufficient cpu, 5 Insufficient memory."
                            + " no new claims to deallocate, preemption: 0/5 nodes are available:"
                            + " 5 Preemption is not helpful for scheduling.");
        }

        @Test
        void becauseOfPodsThatAreThere() {
            table.put(Samples.node("node-0"));
            table.put(Samples.tainted(Samples.node("node-1"), TAINT));
            table.take("node-0", Samples.asking(30_000, 0));

            assertThat(messageFor(Samples.asking(30_000, 0)))
                    .isEqualTo("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s)."
                            + " no new claims to deallocate, preemption: 0/2 nodes are available:"
                            + " 1 No preemption victims found for incoming pod,"
                            + " 1 Preemption is not helpful for scheduling.");
        }

        @Test
        void forManyReasonsOfWhichEachNodeTellsTheFirst() {
            table.put(Samples.tainted(Samples.node("node-0"), TAINT));
            table.put(Samples.labelled(Samples.node("node-1"), Map.of("big", "no")));
            table.put(Samples.labelled(Samples.node("node-2"), Map.of("big", "no")));
            table.put(Samples.node("node-3"));
            table.put(Samples.node("node-4"));
            table.put(Samples.cordoned(Samples.node("node-5")));

            assertThat(messageFor(requirements(
                            "{'containers':[{'resources':{'requests':{'cpu':'40'}}}],'affinity':{'nodeAffinity':"
                                    + "{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':"
                                    + "[{'matchExpressions':[{'key':'big','operator':'DoesNotExist'}]}]}}}}")))
                    .startsWith(
                            "0/6 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable,"
                                    + " 2 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector. ");
        }

        @Test
        void becauseTheNamedOneIsFull() {
            table.put(Samples.node("node-0", 1_000, 1 << 20, 10));
            table.put(Samples.node("node-1"));

            assertThat(messageFor(requirements("{'containers':[{'resources':{'requests':{'cpu':'2'}}}],'affinity':"
                            + "{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':"
                            + "[{'matchFields':[{'key':'metadata.name','operator':'In','values':['node-0']}]}]}}}}")))
                    .startsWith("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s)"
                            + " [NodeAffinity]. ");
        }

        @Test
        void becauseItsPortIsTakenEverywhere() {
            table.put(Samples.node("node-0"));
            Requirements pod = requirements("{'containers':[{'ports':[{'hostPort':80}]}]}");
            table.take("node-0", pod);

            assertThat(messageFor(pod))
                    .isEqualTo("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports."
                            + " no new claims to deallocate, preemption: 0/1 nodes are available:"
                            + " 1 No preemption victims found for incoming pod.");
        }
    }

    @Nested
    class SeveralNodesWillDo {
        @Test
        void theEmptierIsTaken() {
            table.put(Samples.node("full"));
            table.put(Samples.node("empty"));
            table.take("full", Samples.asking(16_000, 128L << 30));

            assertThat(placement.place(Samples.podWith(Samples.asking(1_000, 8L << 30))))
                    .isEqualTo(new Decision.Placed("empty"));
        }

        @Test
        void oneThatAsksForOtherPodsIsLeftOut() {
            table.put(Samples.tainted(Samples.node("shy"), new Taint("k", "", "PreferNoSchedule")));
            table.put(Samples.node("open"));
            table.take("open", Samples.asking(10_000, 80L << 30));

            assertThat(placement.place(Samples.podWith(Samples.asking(100, 1 << 20))))
                    .isEqualTo(new Decision.Placed("open"));
        }

        @Test
        void thePreferredOneIsTaken() {
            table.put(Samples.labelled(Samples.node("liked"), Map.of("disk", "ssd")));
            table.put(Samples.node("other"));
            Requirements pod =
                    requirements("{'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':"
                            + "[{'weight':1,'preference':{'matchExpressions':[{'key':'disk','operator':'In',"
                            + "'values':['ssd']}]}}]}}}");

            assertThat(placement.place(Samples.podWith(pod))).isEqualTo(new Decision.Placed("liked"));
        }

        @Test
        void equalsAreTakenInTurnByChance() {
            for (int i = 0; i < 4; i++) {
                table.put(Samples.node("node-" + i));
            }
            Set<Decision> seen = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                seen.add(placement.place(Samples.podWith(Requirements.NONE)));
            }

            assertThat(seen).hasSize(4);
        }
    }

    @Test
    void aChangedNodeIsJudgedAnew() {
        table.put(Samples.tainted(Samples.node("node-0"), TAINT));
        assertThat(placement.place(Samples.podWith(Requirements.NONE))).isInstanceOf(Decision.Unplaceable.class);

        table.put(Samples.node("node-0"));

        assertThat(placement.place(Samples.podWith(Requirements.NONE))).isEqualTo(new Decision.Placed("node-0"));
    }

    @Test
    void aNodeThatComesBackFindsItsPodsCounted() {
        table.put(Samples.node("node-0", 1_000, 1 << 30, 10));
        table.take("node-0", Samples.asking(800, 0));
        table.remove("node-0");
        assertThat(messageFor(Samples.asking(800, 0))).isEqualTo("no nodes available to schedule pods");

        table.put(Samples.node("node-0", 1_000, 1 << 30, 10));

        assertThat(messageFor(Samples.asking(800, 0))).startsWith("0/1 nodes are available: 1 Insufficient cpu.");
    }

    @Test
    void withThousandsOfNodesSomeAreEnough() {
        assertThat(Placement.enough(99)).isEqualTo(99);
        assertThat(Placement.enough(100)).isEqualTo(100);
        assertThat(Placement.enough(1_000)).isEqualTo(420);
        assertThat(Placement.enough(5_000)).isEqualTo(500);
        assertThat(Placement.enough(20_000)).isEqualTo(1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverComesAndGoesNoNodeIsOvercommittedAndNoPlaceIsOverlooked(long seed) {
        new RandomCluster(seed).run();
    }

    /** Compares with a model that is as plain as can be. */
    private static final class RandomCluster {
        private static final int STEPS = 600;

        private final RandomGenerator random;
        private final NodeTable table = new NodeTable();
        private final Placement placement;
        private final Map<String, NodeFacts> nodes = new HashMap<>();
        private final Map<String, List<Requirements>> pods = new HashMap<>();

        RandomCluster(long seed) {
            this.random = random(seed);
            this.placement = new Placement(table, new Residents(), namespace -> Map.of(), random);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(10)) {
                    case 0, 1 -> putNode();
                    case 2 -> removeNode();
                    case 3, 4 -> removePod();
                    default -> placePod();
                }
            }
        }

        private void putNode() {
            String name = "node-" + random.nextInt(12);
            NodeFacts node = Samples.node(
                    name, 1_000L * (1 + random.nextInt(4)), (1L + random.nextInt(4)) << 30, 1 + random.nextInt(6));
            if (random.nextInt(4) == 0) {
                node = Samples.tainted(node, TAINT);
            }
            if (random.nextInt(6) == 0) {
                node = Samples.cordoned(node);
            }
            node = Samples.labelled(node, Map.of("colour", random.nextBoolean() ? "red" : "blue"));
            nodes.put(name, node);
            table.put(node);
        }

        private void removeNode() {
            String name = "node-" + random.nextInt(12);
            nodes.remove(name);
            table.remove(name);
        }

        private void removePod() {
            List<String> busy = new ArrayList<>(pods.keySet());
            if (busy.isEmpty()) {
                return;
            }
            busy.sort(null);
            String node = busy.get(random.nextInt(busy.size()));
            List<Requirements> on = pods.get(node);
            if (on == null) {
                return;
            }
            table.giveBack(node, on.remove(random.nextInt(on.size())));
            if (on.isEmpty()) {
                pods.remove(node);
            }
        }

        private void placePod() {
            Requirements pod = anyPod();
            Set<String> feasible = new HashSet<>();
            for (NodeFacts node : nodes.values()) {
                if (fits(node, pod)) {
                    feasible.add(node.name());
                }
            }
            switch (placement.place(Samples.podWith(pod))) {
                case Decision.Placed(String node) -> {
                    assertThat(feasible).contains(node);
                    table.take(node, pod);
                    pods.computeIfAbsent(node, name -> new ArrayList<>()).add(pod);
                }
                case Decision.Unplaceable(Diagnosis diagnosis) -> {
                    assertThat(feasible).isEmpty();
                    assertThat(diagnosis.nodes()).isEqualTo(nodes.size());
                }
            }
        }

        private Requirements anyPod() {
            Requirements plain = Samples.asking(100L * random.nextInt(20), (long) random.nextInt(1 << 30));
            return new Requirements(
                    plain.requests(),
                    plain.weight(),
                    random.nextInt(3) == 0 ? NodeAffinity.ANY.withSelector(Map.of("colour", "red")) : NodeAffinity.ANY,
                    random.nextInt(3) == 0 ? List.of(new Toleration("", "Exists", "", "")) : List.of(),
                    random.nextInt(4) == 0 ? List.of(new HostPort("", "", 80 + random.nextInt(2))) : List.of());
        }

        private boolean fits(NodeFacts node, Requirements pod) {
            List<Requirements> on = Optional.ofNullable(pods.get(node.name())).orElse(List.of());
            long cpu =
                    on.stream().mapToLong(each -> each.requests().cpuMillis()).sum();
            long memory =
                    on.stream().mapToLong(each -> each.requests().memoryBytes()).sum();
            boolean tolerant = !pod.tolerations().isEmpty();
            boolean room = on.size() + 1 <= node.allocatable().pods()
                    && (pod.requests().cpuMillis() == 0
                            || cpu + pod.requests().cpuMillis()
                                    <= node.allocatable().cpuMillis())
                    && (pod.requests().memoryBytes() == 0
                            || memory + pod.requests().memoryBytes()
                                    <= node.allocatable().memoryBytes());
            boolean ports =
                    on.stream().noneMatch(each -> each.hostPorts().stream().anyMatch(pod.hostPorts()::contains));
            boolean selected = pod.affinity().selector().isEmpty()
                    || "red".equals(node.metadata().label("colour"));
            return room && ports && selected && (tolerant || (node.taints().isEmpty() && !node.unschedulable()));
        }
    }
}
