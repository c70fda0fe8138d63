// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import static io.fairlead.controllers.garbagecollector.Objects.blocked;
import static io.fairlead.controllers.garbagecollector.Objects.going;
import static io.fairlead.controllers.garbagecollector.Objects.object;
import static io.fairlead.controllers.garbagecollector.Objects.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.garbagecollector.Work.Collect;
import io.fairlead.controllers.garbagecollector.Work.Orphan;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnerGraphTest {
    private final OwnerGraph graph = new OwnerGraph();

    @Nested
    class LooksInto {
        @Test
        void anOwnerThatIsNamedBeforeItIsSeen() {
            assertThat(see(object("child", owner("parent")))).containsExactly(new Collect("parent"));
        }

        @Test
        void nothingWhenTheOwnerIsThere() {
            see(object("parent"));

            assertThat(see(object("child", owner("parent")))).isEmpty();
        }

        @Test
        void allDependentsOfWhatIsGone() {
            see(object("parent"));
            see(object("a", owner("parent")));
            see(object("b", owner("parent")));

            assertThat(graph.gone("parent")).containsExactly(new Collect("a"), new Collect("b"));
        }

        @Test
        void aDependentThatComesAfterItsOwnerIsGone() {
            see(object("parent"));
            see(object("a", owner("parent")));
            graph.gone("parent");

            assertThat(see(object("b", owner("parent")))).containsExactly(new Collect("parent"));
            assertThat(graph.gone("parent")).containsExactly(new Collect("a"), new Collect("b"));
        }

        @Test
        void dependentsAndOwnerWhenTheOwnerBeginsToWait() {
            see(object("parent"));
            see(object("child", blocked("parent")));

            assertThat(see(going("parent", OwnerGraph.FOREGROUND)))
                    .containsExactly(new Collect("child"), new Collect("parent"));
            assertThat(see(going("parent", OwnerGraph.FOREGROUND))).isEmpty();
        }

        @Test
        void aWaitingOwnerWhenADependentIsGoneOrNoLongerBlocks() {
            see(going("parent", OwnerGraph.FOREGROUND));
            see(object("a", blocked("parent")));
            see(object("b", blocked("parent")));

            assertThat(graph.gone("a")).containsExactly(new Collect("parent"));
            assertThat(see(object("b", owner("parent")))).containsExactly(new Collect("parent"));
        }

        @Test
        void anOwnerThatLeavesItsDependentsBehind() {
            see(object("parent"));

            assertThat(see(going("parent", OwnerGraph.ORPHAN))).containsExactly(new Orphan("parent"));
        }

        @Test
        void aDependentThatComesWhenItsOwnerIsOnItsWay() {
            see(going("parent", OwnerGraph.FOREGROUND));

            assertThat(see(object("child", blocked("parent")))).containsExactly(new Collect("child"));
        }
    }

    @Test
    void knowsAnOwnerThatIsInAnotherNamespaceThanWhatItOwns() {
        ObjectMetadata elsewhere = ObjectMetadata.of("elsewhere", "parent", "parent");
        see(elsewhere);

        assertThat(see(object("child", owner("parent"))))
                .contains(
                        new Work.Misplaced("child", Identity.of(ResourceType.CONFIG_MAPS, elsewhere)),
                        new Collect("child"));
    }

    /**
     * Whatever is seen in whatever order, the graph then is as if it had been built from what there is, and nothing is left of what
     * is gone.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void forgetsHowItCameAbout(long seed) {
        Random random = new Random(seed);
        Map<String, ObjectMetadata> world = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            String uid = "o" + random.nextInt(12);
            if (random.nextInt(3) == 0) {
                world.remove(uid);
                graph.gone(uid);
            } else {
                ObjectMetadata object = random.nextInt(4) == 0
                        ? going(uid, random.nextBoolean() ? OwnerGraph.FOREGROUND : OwnerGraph.ORPHAN, owners(random))
                        : object(uid, owners(random));
                world.put(uid, object);
                see(object);
            }
        }
        OwnerGraph fresh = new OwnerGraph();
        world.values().forEach(each -> fresh.seen(ResourceType.CONFIG_MAPS, each));

        for (int i = 0; i < 12; i++) {
            assertThat(graph.view("o" + i)).isEqualTo(fresh.view("o" + i));
        }
        assertThat(graph.size()).isEqualTo(fresh.size());
        List.copyOf(world.keySet()).forEach(graph::gone);
        assertThat(graph.size()).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static OwnerReference[] owners(Random random) {
        List<OwnerReference> owners = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String uid = "o" + random.nextInt(12);
            owners.add(random.nextBoolean() ? owner(uid) : blocked(uid));
        }
        return owners.toArray(OwnerReference[]::new);
    }

    private List<Work> see(ObjectMetadata object) {
        return graph.seen(ResourceType.CONFIG_MAPS, object);
    }
}
