// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.fairlead.environment.Api;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModulesTest {
    @Test
    void modulesPointOneWay() {
        classes().should(new KnowOnlyPermittedModules()).check(FairleadClasses.ALL);
    }

    @Test
    void everyModuleHasItsPlaceInThePicture() {
        Set<String> found = new TreeSet<>();
        FairleadClasses.ALL.forEach(type -> found.add(FairleadClasses.moduleOf(type)));

        assertThat(FairleadClasses.MAY_KNOW.keySet()).containsAll(found);
    }

    @Test
    void theServerKnowsNoClientAndNoModelClasses() {
        noClasses()
                .that()
                .resideInAPackage("io.fairlead.apiserver..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.kubernetes..", "io.quarkus..")
                .check(FairleadClasses.ALL);
    }

    @Test
    void quarkusStaysInTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.fairlead.distribution..", "io.fairlead.quarkus..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.quarkus..")
                .check(FairleadClasses.ALL);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().assignedFrom(new PackagesBelowTheFrontDoor())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(FairleadClasses.ALL);
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, Set<String>> placesOf = new TreeMap<>();
        for (JavaClass type : FairleadClasses.ALL) {
            String uri = type.getSource().orElseThrow().getUri().toString();
            String place = uri.substring(0, uri.indexOf("io/fairlead/"));
            placesOf.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(place);
        }

        assertThat(placesOf).allSatisfy((name, places) -> assertThat(places).hasSize(1));
    }

    @Test
    void publicTypesSayHowFarToRelyOnThem() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .and()
                .resideOutsideOfPackages("..internal..", "io.fairlead.benchmarks..", "io.fairlead.samples..")
                .should()
                .beAnnotatedWith(Api.class)
                .check(FairleadClasses.ALL);
    }

    @Test
    void classesAreFinalOrMeantToBeExtended() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotEnums()
                .and()
                // What kinds without rules of their own do, and what the others build on.
                .doNotHaveSimpleName("GenericStrategy")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(FairleadClasses.ALL);
    }

    private static final class KnowOnlyPermittedModules extends ArchCondition<JavaClass> {
        KnowOnlyPermittedModules() {
            super("know only the modules below their own");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String from = FairleadClasses.moduleOf(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = FairleadClasses.moduleOf(dependency.getTargetClass().getBaseComponentType());
                boolean permitted = to.isEmpty()
                        || to.equals(from)
                        || FairleadClasses.MAY_KNOW.getOrDefault(from, Set.of()).contains(to);
                if (!permitted) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                }
            }
        }
    }

    /**
     * Each package by itself, but not the one a module shows: it holds both the types everybody inside speaks (requests,
     * keys) and the door that puts the inside together.
     */
    private static final class PackagesBelowTheFrontDoor implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            String door = "io.fairlead." + FairleadClasses.moduleOf(type);
            return name.startsWith("io.fairlead.") && !name.equals(door)
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages below a module's own";
        }
    }
}
