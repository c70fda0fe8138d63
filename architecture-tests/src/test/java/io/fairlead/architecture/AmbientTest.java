// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Time, chance, threads and ids come from one injected environment: one seed can then replay a run. */
class AmbientTest {
    private static final ArchRule NOTHING_AMBIENT = classes()
            .that()
            .resideOutsideOfPackages(
                    "io.fairlead.environment..", "io.fairlead.distribution..", "io.fairlead.benchmarks..")
            .should(new TakeNothingFromTheSurroundings());

    private static final ArchRule PLANNERS_ARE_PURE = noClasses()
            .that()
            .haveSimpleNameEndingWith("Planner")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.InputStream.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fairlead.environment.Environment")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..")
            .allowEmptyShould(true);

    @Test
    void nothingComesFromTheSurroundings() {
        NOTHING_AMBIENT.check(FairleadClasses.ALL);
    }

    @Test
    void plannersArePure() {
        PLANNERS_ARE_PURE.check(FairleadClasses.ALL);
    }

    @Test
    void noMethodIsSynchronized() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(FairleadClasses.ALL);
    }

    @Nested
    class TheRulesThemselves {
        @Test
        void seeACallAReferenceAndAConstructor() {
            for (Class<?> offender : Set.of(Calls.class, Refers.class, Constructs.class, RunsElsewhere.class)) {
                assertThatThrownBy(() -> NOTHING_AMBIENT.check(new ClassFileImporter().importClasses(offender)))
                        .as(offender.getSimpleName())
                        .isInstanceOf(AssertionError.class);
            }
        }

        @Test
        void seeAnImpurePlanner() {
            assertThatThrownBy(() -> PLANNERS_ARE_PURE.check(new ClassFileImporter().importClasses(DicePlanner.class)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void lookAtAllModules() {
            assertThat(FairleadClasses.ALL.stream()
                            .map(FairleadClasses::moduleOf)
                            .distinct())
                    .contains("environment", "apiserver");
        }
    }

    private static final class TakeNothingFromTheSurroundings extends ArchCondition<JavaClass> {
        /** Classes of which the named methods are forbidden; {@code *} stands for all. */
        private static final Map<String, Set<String>> FORBIDDEN = Map.ofEntries(
                Map.entry(
                        "java.lang.System",
                        Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty", "setProperty")),
                Map.entry(
                        "java.lang.Thread",
                        Set.of("<init>", "start", "sleep", "ofVirtual", "ofPlatform", "startVirtualThread")),
                Map.entry("java.lang.Math", Set.of("random")),
                Map.entry("java.util.UUID", Set.of("randomUUID")),
                Map.entry("java.util.Timer", Set.of("*")),
                Map.entry("java.util.Random", Set.of("<init>")),
                Map.entry("java.util.SplittableRandom", Set.of("<init>")),
                Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
                Map.entry("java.util.concurrent.Executors", Set.of("*")),
                Map.entry("java.util.concurrent.ForkJoinPool", Set.of("*")),
                Map.entry("java.util.concurrent.ThreadPoolExecutor", Set.of("*")),
                Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", Set.of("*")),
                Map.entry("java.util.concurrent.locks.LockSupport", Set.of("*")),
                Map.entry("java.util.stream.Stream", Set.of("parallel")),
                Map.entry("java.util.Collection", Set.of("parallelStream")),
                Map.entry(
                        "java.util.concurrent.CompletableFuture",
                        Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")));

        TakeNothingFromTheSurroundings() {
            super("take time, chance, threads and ids from their Environment only");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
                if (forbidden(access.getTarget())) {
                    events.add(SimpleConditionEvent.violated(type, access.getDescription()));
                }
            }
        }

        private static boolean forbidden(CodeUnitAccessTarget target) {
            String owner = target.getOwner().getName();
            String name = target.getName();
            Set<String> methods = Optional.ofNullable(FORBIDDEN.get(owner)).orElse(Set.of());
            return methods.contains(name)
                    || methods.contains("*")
                    || (owner.startsWith("java.time.") && ambientTime(target))
                    || (owner.equals("java.util.concurrent.CompletableFuture") && onTheCommonPool(target));
        }

        private static boolean ambientTime(CodeUnitAccessTarget target) {
            boolean now = target.getName().equals("now")
                    && target.getRawParameterTypes().stream().noneMatch(each -> each.isEquivalentTo(Clock.class));
            return now
                    || (target.getOwner().isEquivalentTo(Clock.class)
                            && target.getName().startsWith("system"));
        }

        /** {@code xAsync} without an executor. */
        private static boolean onTheCommonPool(CodeUnitAccessTarget target) {
            return target.getName().endsWith("Async")
                    && target.getRawParameterTypes().stream()
                            .noneMatch(each -> each.getName().equals("java.util.concurrent.Executor"));
        }
    }

    @SuppressWarnings("unused") // read as bytecode
    private static final class Calls {
        Instant time() {
            return Instant.now();
        }
    }

    @SuppressWarnings("unused") // read as bytecode
    private static final class Refers {
        Supplier<Instant> time() {
            return Instant::now;
        }
    }

    @SuppressWarnings("unused") // read as bytecode
    private static final class Constructs {
        void park() {
            LockSupport.unpark(new Thread("ambient"));
        }
    }

    @SuppressWarnings("unused") // read as bytecode
    private static final class RunsElsewhere {
        CompletableFuture<String> answer() {
            return CompletableFuture.supplyAsync(() -> "from the common pool");
        }
    }

    @SuppressWarnings("unused") // read as bytecode
    private static final class DicePlanner {
        int plan(Random random) {
            return random.nextInt();
        }
    }
}
