// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.kinds.Kinds;
import io.fairlead.apiserver.internal.registry.Deletions.Step;
import io.fairlead.apiserver.internal.schema.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeletionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Resources RESOURCES = Resources.of(Schema.builtIn(), Kinds::strategyOf);

    private static DeleteOptions propagation(String policy) {
        return new DeleteOptions(
                OptionalLong.empty(), Optional.of(policy), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private static DeleteOptions grace(long seconds) {
        return DeleteOptions.DEFAULT.withGrace(seconds);
    }

    private static Step mark(String resource, JsonObject object, DeleteOptions options) {
        return Deletions.mark(RESOURCES.named(resource), object, options, NOW);
    }

    private static JsonObject object(String... finalizers) {
        JsonObject metadata = new JsonObject().put("name", "a").put("generation", 3);
        if (finalizers.length > 0) {
            metadata.put("finalizers", JsonArray.ofStrings(List.of(finalizers)));
        }
        return new JsonObject().put("metadata", metadata);
    }

    private static JsonObject metadata(JsonObject object) {
        return object.objectOrEmpty("metadata");
    }

    @Nested
    class OfAnObject {
        @Test
        void withoutFinalizersRemovesIt() {
            assertThat(mark("configmaps", object(), DeleteOptions.DEFAULT)).isEqualTo(new Step.Remove());
        }

        @Test
        void withFinalizersMarksIt() {
            JsonObject object = object("example.com/f");
            assertThat(mark("configmaps", object, DeleteOptions.DEFAULT)).isEqualTo(new Step.Mark(false));
            assertThat(metadata(object).text("deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(metadata(object).number("deletionGracePeriodSeconds")).isZero();
            assertThat(metadata(object).number("generation")).isEqualTo(4);
        }

        @Test
        void inTheForegroundWaitsForItsDependents() {
            JsonObject object = object();
            assertThat(mark("configmaps", object, propagation("Foreground"))).isEqualTo(new Step.Mark(false));
            assertThat(metadata(object).texts("finalizers")).containsExactly("foregroundDeletion");
        }

        @Test
        void inTheBackgroundAfterOrphanTakesTheFinalizerBack() {
            assertThat(mark("configmaps", object("orphan"), propagation("Background")))
                    .isEqualTo(new Step.Remove());
        }

        @Test
        void whoseDependentsStayByDefaultWaitsForTheirRelease() {
            JsonObject job = object();
            assertThat(mark("jobs.batch", job, DeleteOptions.DEFAULT)).isEqualTo(new Step.Mark(false));
            assertThat(metadata(job).texts("finalizers")).containsExactly("orphan");
        }
    }

    @Nested
    class OfAPod {
        private JsonObject running() {
            JsonObject pod = object();
            pod.put("spec", new JsonObject().put("nodeName", "n").put("terminationGracePeriodSeconds", 30));
            return pod.put("status", new JsonObject().put("phase", "Running"));
        }

        @Test
        void givesItItsOwnGracePeriod() {
            JsonObject pod = running();
            assertThat(mark("pods", pod, DeleteOptions.DEFAULT)).isEqualTo(new Step.Mark(false));
            assertThat(metadata(pod).text("deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
            assertThat(metadata(pod).number("deletionGracePeriodSeconds")).isEqualTo(30);
        }

        @Test
        void thatIsOnNoNodeOrHasEndedIsImmediate() {
            JsonObject unscheduled = running();
            unscheduled.child("spec").remove("nodeName");
            assertThat(mark("pods", unscheduled, DeleteOptions.DEFAULT)).isEqualTo(new Step.Mark(true));
            JsonObject ended = running();
            ended.child("status").put("phase", "Succeeded");
            assertThat(mark("pods", ended, DeleteOptions.DEFAULT)).isEqualTo(new Step.Mark(true));
        }

        @Test
        void canOnlyBeMadeShorter() {
            JsonObject pod = running();
            mark("pods", pod, DeleteOptions.DEFAULT);
            assertThat(mark("pods", pod, grace(60))).isEqualTo(new Step.Pending());
            assertThat(mark("pods", pod, DeleteOptions.DEFAULT)).isEqualTo(new Step.Pending());
            assertThat(mark("pods", pod, grace(5))).isEqualTo(new Step.Mark(false));
            assertThat(metadata(pod).text("deletionTimestamp")).isEqualTo("2026-01-01T00:00:05Z");
            assertThat(mark("pods", pod, grace(0))).isEqualTo(new Step.Mark(true));
        }

        @Test
        void aNegativeGracePeriodBecomesOneSecond() {
            JsonObject pod = running();
            mark("pods", pod, grace(-5));
            assertThat(metadata(pod).number("deletionGracePeriodSeconds")).isEqualTo(1);
        }
    }

    @Nested
    class OfWhatWasMarked {
        @Test
        void endsWithTheLastFinalizer() {
            JsonObject old = object("example.com/f");
            mark("configmaps", old, DeleteOptions.DEFAULT);
            JsonObject next = old.deepCopy();
            Resource configMaps = RESOURCES.named("configmaps");
            assertThat(Deletions.endsWith(configMaps, next, old)).isFalse();
            next.child("metadata").remove("finalizers");
            assertThat(Deletions.endsWith(configMaps, next, old)).isTrue();
        }

        @Test
        void aNamespaceEndsWithTheLastFinalizerOfItsSpec() {
            Resource namespaces = RESOURCES.named("namespaces");
            JsonObject old = object();
            old.child("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
            old.put("spec", new JsonObject().put("finalizers", JsonArray.ofStrings(List.of("kubernetes"))));
            assertThat(Deletions.endsWith(namespaces, old.deepCopy(), old)).isFalse();
            JsonObject next = old.deepCopy();
            next.put("spec", new JsonObject());
            assertThat(Deletions.endsWith(namespaces, next, old)).isTrue();
        }
    }
}
