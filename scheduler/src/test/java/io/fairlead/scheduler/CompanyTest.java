// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Pods that care about other pods. */
class CompanyTest {
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final ClusterState state = new ClusterState(
            RandomGeneratorFactory.of("L64X128MixRandom").create(7),
            name -> name.equals("team") ? Map.of("team", "yes") : Map.of());

    @BeforeEach
    void makeNodes() {
        for (int i = 0; i < 3; i++) {
            String name = "node-" + i;
            state.nodes()
                    .put(Samples.labelled(
                            Samples.node(name), Map.of("kubernetes.io/hostname", name, ZONE, i == 0 ? "a" : "b")));
        }
    }

    private static PodFacts pod(String name, String labels, String spec) {
        return podIn("ns", name, labels, spec);
    }

    private static PodFacts podIn(String namespace, String name, String labels, String spec) {
        return Samples.decode("{'metadata':{'namespace':'" + namespace + "','name':'" + name + "','uid':'uid-" + name
                + "','labels':{" + labels + "},'ownerReferences':[{'kind':'ReplicaSet','uid':'"
                + (labels.isEmpty() ? "none" : labels.replace("'", "").replace(":", "-"))
                + "','controller':true}]},'spec':{" + spec + "}}");
    }

    private static String affinity(String kind, String term) {
        return "'affinity':{'" + kind + "':{'requiredDuringSchedulingIgnoredDuringExecution':[{" + term + "}]}}";
    }

    private static String labelled(String value, String key) {
        return "'labelSelector':{'matchLabels':{'app':'" + value + "'}},'topologyKey':'" + key + "'";
    }

    /** The node, or why there is none. */
    private String place(PodFacts pod) {
        return switch (state.place(pod)) {
            case Decision.Placed(String node) -> {
                state.assume(pod, node);
                yield node;
            }
            case Decision.Unplaceable(Diagnosis diagnosis) -> diagnosis.message();
        };
    }

    private Map<String, Integer> placeAll(int count, String labels, String spec) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            counts.merge(place(pod("p" + i, labels, spec)), 1, Integer::sum);
        }
        return counts;
    }

    @Nested
    class ThatAreToBeNearOthers {
        private final String nearCache = affinity("podAffinity", labelled("cache", "kubernetes.io/hostname"));

        @Test
        void waitForThem() {
            assertThat(place(pod("p", "'app':'web'", nearCache)))
                    .isEqualTo("0/3 nodes are available: 3 node(s) didn't match pod affinity rules."
                            + " no new claims to deallocate, preemption: 0/3 nodes are available:"
                            + " 3 Preemption is not helpful for scheduling.");
        }

        @Test
        void followThem() {
            String node = place(pod("cache", "'app':'cache'", ""));

            assertThat(place(pod("p", "'app':'web'", nearCache))).isEqualTo(node);
        }

        @Test
        void doNotFollowThemIntoAnotherNamespaceUnlessTheySaySo() {
            String node = place(podIn("team", "cache", "'app':'cache'", ""));

            assertThat(place(pod("p", "'app':'web'", nearCache))).contains("didn't match pod affinity rules");
            String everywhere = affinity(
                    "podAffinity",
                    labelled("cache", "kubernetes.io/hostname")
                            + ",'namespaceSelector':{'matchLabels':{'team':'yes'}}");
            assertThat(place(pod("q", "'app':'web'", everywhere))).isEqualTo(node);
        }

        @Test
        void mayBeTheFirstOfTheirKind() {
            String together = affinity("podAffinity", labelled("web", ZONE));
            String first = place(pod("a", "'app':'web'", together));
            assertThat(first).startsWith("node-");

            boolean inZoneA = first.equals("node-0");
            assertThat(place(pod("b", "'app':'web'", together)).equals("node-0"))
                    .isEqualTo(inZoneA);
        }
    }

    @Nested
    class ThatAreToBeApart {
        private final String apart = affinity("podAntiAffinity", labelled("web", "kubernetes.io/hostname"));

        @Test
        void takeANodeEach() {
            assertThat(placeAll(4, "'app':'web'", apart))
                    .containsOnly(
                            Map.entry("node-0", 1),
                            Map.entry("node-1", 1),
                            Map.entry("node-2", 1),
                            Map.entry(
                                    "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."
                                            + " no new claims to deallocate, preemption: 0/3 nodes are available:"
                                            + " 3 No preemption victims found for incoming pod.",
                                    1));
        }

        @Test
        void keepOthersAway() {
            placeAll(3, "'app':'shy'", affinity("podAntiAffinity", labelled("web", "kubernetes.io/hostname")));

            assertThat(place(pod("web", "'app':'web'", "")))
                    .startsWith("0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.");
        }

        @Test
        void leaveRoomWhenTheyGo() {
            placeAll(3, "'app':'web'", apart);
            state.vacate("uid-p1");

            assertThat(place(pod("next", "'app':'web'", apart))).startsWith("node-");
        }
    }

    @Test
    void preferencesDecideAmongNodesThatWillDo() {
        String node = place(pod("cache", "'app':'cache'", ""));
        String rather = "'affinity':{'podAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':100,"
                + "'podAffinityTerm':{" + labelled("cache", "kubernetes.io/hostname") + "}}]}}";
        String ratherNot = rather.replace("podAffinity'", "podAntiAffinity'");

        assertThat(place(pod("friend", "'app':'web'", rather))).isEqualTo(node);
        assertThat(place(pod("foe", "'app':'db'", ratherNot))).isNotEqualTo(node);
    }

    @Nested
    class ThatAreToBeSpread {
        private String spread(String key, String more) {
            return "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'" + key
                    + "','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'web'}}" + more
                    + "}]";
        }

        @Test
        void areSpreadEvenlyOverNodes() {
            assertThat(placeAll(6, "'app':'web'", spread("kubernetes.io/hostname", "")))
                    .isEqualTo(Map.of("node-0", 2, "node-1", 2, "node-2", 2));
        }

        @Test
        void areSpreadEvenlyOverZones() {
            Map<String, Integer> counts = placeAll(6, "'app':'web'", spread(ZONE, ""));

            assertThat(counts.get("node-0")).isEqualTo(3);
        }

        @Test
        void waitRatherThanBeUneven() {
            state.nodes().put(Samples.cordoned(state.nodes().facts(state.nodes().slotOf("node-0"))));
            List<String> last = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                last.add(place(pod("p" + i, "'app':'web'", spread(ZONE, ""))));
            }

            assertThat(last.get(0)).startsWith("node-");
            assertThat(last.get(1))
                    .startsWith("0/3 nodes are available: 1 node(s) were unschedulable,"
                            + " 2 node(s) didn't match pod topology spread constraints.");
        }

        @Test
        void needTheLabel() {
            assertThat(place(pod("p", "'app':'web'", spread("rack", ""))))
                    .startsWith("0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints"
                            + " (missing required label).");
        }

        @Test
        void countAsUnevenBelowTheWantedNumberOfDomains() {
            placeAll(2, "'app':'web'", spread(ZONE, ",'minDomains':3"));

            assertThat(place(pod("third", "'app':'web'", spread(ZONE, ",'minDomains':3"))))
                    .contains("3 node(s) didn't match pod topology spread constraints");
        }
    }

    @Test
    void podsOfOneControllerAreSpreadWithoutAsking() {
        for (int i = 0; i < 3; i++) {
            state.nodes().put(Samples.node("node-" + i));
        }
        assertThat(placeAll(9, "'app':'web'", "")).isEqualTo(Map.of("node-0", 3, "node-1", 3, "node-2", 3));
    }
}
