// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import static io.fairlead.controllers.garbagecollector.GarbagePlanner.OwnerState.GONE;
import static io.fairlead.controllers.garbagecollector.GarbagePlanner.OwnerState.SOLID;
import static io.fairlead.controllers.garbagecollector.GarbagePlanner.OwnerState.WAITING;
import static io.fairlead.controllers.garbagecollector.Objects.going;
import static io.fairlead.controllers.garbagecollector.Objects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.garbagecollector.GarbagePlan.CollectFirst;
import io.fairlead.controllers.garbagecollector.GarbagePlan.Delete;
import io.fairlead.controllers.garbagecollector.GarbagePlan.Disown;
import io.fairlead.controllers.garbagecollector.GarbagePlan.Keep;
import io.fairlead.controllers.garbagecollector.GarbagePlan.LetGo;
import io.fairlead.controllers.garbagecollector.GarbagePlanner.OwnerState;
import io.fairlead.controllers.garbagecollector.OwnerGraph.Dependent;
import io.fairlead.controllers.garbagecollector.OwnerGraph.View;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Write.Propagation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GarbagePlannerTest {
    private static final Identity SELF = new Identity("v1", "ConfigMap", "default", "self", "self");

    @Nested
    class Keeps {
        @Test
        void whatNeverHadAnOwner() {
            assertThat(plan(Map.of())).isEqualTo(new Keep());
        }

        @Test
        void whatHasAnOwner() {
            assertThat(plan(Map.of("a", SOLID))).isEqualTo(new Keep());
        }

        @Test
        void whatIsOnItsWayAlready() {
            assertThat(plan(going("self", ""), Map.of("a", GONE))).isEqualTo(new Keep());
        }
    }

    @Test
    void takesAwayTheReferencesThatAreOfNoUse() {
        assertThat(plan(Map.of("a", GONE, "b", SOLID))).isEqualTo(new Disown(List.of("a")));
    }

    @Nested
    class Deletes {
        @Test
        void whatHasNoOwnerLeft() {
            assertThat(plan(Map.of("a", GONE))).isEqualTo(new Delete(Propagation.BACKGROUND, false));
        }

        @Test
        void whatAWaitingOwnerWaitsFor() {
            assertThat(plan(Map.of("a", WAITING))).isEqualTo(new Delete(Propagation.BACKGROUND, false));
        }

        @Test
        void fromTheLeavesOnIfTheOwnerWaits() {
            View parent = view(new Dependent(SELF, true, false));

            assertThat(GarbagePlanner.plan(parent, object("self"), Map.of("a", WAITING)))
                    .isEqualTo(new Delete(Propagation.FOREGROUND, false));
        }

        @Test
        void andBreaksACircleOfWaiting() {
            View parent = view(new Dependent(SELF, true, true));

            assertThat(GarbagePlanner.plan(parent, object("self"), Map.of("a", WAITING)))
                    .isEqualTo(new Delete(Propagation.FOREGROUND, true));
        }
    }

    @Nested
    class AnObjectThatWaits {
        @Test
        void isLetGoWhenNothingBlocksIt() {
            assertThat(GarbagePlanner.waiting(view(new Dependent(SELF, false, false))))
                    .isEqualTo(new LetGo(OwnerGraph.FOREGROUND));
        }

        @Test
        void hasWhatBlocksItCollectedUnlessThatWaitsToo() {
            Dependent other = new Dependent(new Identity("v1", "ConfigMap", "default", "b", "b"), true, true);

            assertThat(GarbagePlanner.waiting(view(new Dependent(SELF, true, false), other)))
                    .isEqualTo(new CollectFirst(List.of("self")));
        }
    }

    private static GarbagePlan plan(Map<String, OwnerState> owners) {
        return plan(object("self"), owners);
    }

    private static GarbagePlan plan(ObjectMetadata live, Map<String, OwnerState> owners) {
        return GarbagePlanner.plan(view(), live, owners);
    }

    private static View view(Dependent... dependents) {
        return new View(SELF, true, false, false, List.of(dependents));
    }
}
