// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the controllers' scenarios, each on a cluster of its own, and holds answers, events, final objects and every object's sequence
 * of changes against the original's. A scenario that differs must be listed, with a reason, and one that is listed must differ.
 *
 * <p>{@code -Dcompatibility.scenario=deployment/} plays those whose names match, and prints what differs;
 * {@code -Dcompatibility.update=true} writes the known differences anew; {@code -Dcompatibility.kubeconfig=FILE} plays on that
 * cluster, in the machine's time, and only prints.
 */
class ScenariosTest {
    private static final String ONLY = System.getProperty("compatibility.scenario", "");
    private static final String KUBECONFIG = System.getProperty("compatibility.kubeconfig", "");
    private static final boolean UPDATE = Boolean.getBoolean("compatibility.update");
    /** Enough for what a few requests decide: the way of the recording is then one of some dozens. */
    private static final int RUNS_MAX = Integer.getInteger("compatibility.runs", 200);

    /** What a scenario is listed with when its final objects or answers differ. */
    private static final int RESULT = 0;
    /** What it is listed with when the same objects were reached by other writes or events. */
    private static final int WAY = 1;

    @TestFactory
    Stream<DynamicTest> controllersDoAsTheOriginalsDid() {
        return tests(false);
    }

    @Tag("kubectl")
    @TestFactory
    Stream<DynamicTest> controllersDoAsTheOriginalsDidWhenKubectlAsks() {
        return tests(true);
    }

    private static Stream<DynamicTest> tests(boolean withKubectl) {
        return Recordings.scenarios().stream()
                .filter(ScenariosTest::isPlayed)
                .filter(name -> RecordedScenario.of(name).needsKubectl() == withKubectl)
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static boolean isPlayed(String name) {
        return ONLY.isEmpty() || Pattern.compile(ONLY).matcher(name).find();
    }

    private static void check(String name) throws InterruptedException {
        RecordedScenario recorded = RecordedScenario.of(name);
        List<String> found = KUBECONFIG.isEmpty()
                ? ScenarioRun.differences(recorded, runsMax(name))
                : ScenarioRun.differences(recorded, Path.of(KUBECONFIG));
        if (!ONLY.isEmpty() || !KUBECONFIG.isEmpty()) {
            System.out.println(name + ": " + (found.isEmpty() ? "same" : found.size() + " differences"));
            found.forEach(line -> System.out.println("    " + line));
        }
        if (KUBECONFIG.isEmpty()) {
            compare(name, found);
        }
    }

    /** Those that are known to differ are played to see whether they agree now, and mostly do not: once must do. */
    private static int runsMax(String name) {
        boolean listed = !KnownDifferences.read(Recordings.KNOWN_DIFFERENCES)
                .of("scenario/" + name, 0)
                .isEmpty();
        return listed && !UPDATE && ONLY.isEmpty() ? 1 : RUNS_MAX;
    }

    private static void compare(String name, List<String> found) {
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);
        String topic = "scenario/" + name;
        SortedSet<Integer> numbers = numbers(found);
        if (UPDATE) {
            known.replace(topic, 0, name, numbers);
            known.write();
        } else {
            assertThat(numbers).as("%s: %s", name, found).isEqualTo(known.of(topic, 0));
        }
    }

    private static SortedSet<Integer> numbers(List<String> found) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String line : found) {
            numbers.add(line.startsWith("step") || line.endsWith(" objects") ? RESULT : WAY);
        }
        return numbers;
    }
}
