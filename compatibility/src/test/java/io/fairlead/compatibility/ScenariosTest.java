// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.cluster.Cluster;
import io.fairlead.compatibility.TraceDigest.Trace;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the controllers' scenarios on a whole cluster and holds every write, final object and event against the original's.
 *
 * <p>Which objects there are at the end and the answers of steps must agree unless the scenario is listed. Their fields, the
 * sequences of writes and the events are compared and counted in the report, but not asserted: on a machine of another speed the
 * same controllers merge their writes differently.
 *
 * <p>{@code -Dcompatibility.scenario=deployment/} plays those that match, known to differ or not, and prints what differs;
 * {@code -Dcompatibility.update=true} writes the known differences anew.
 */
@Tag("scenarios")
class ScenariosTest {
    private static final String ONLY = System.getProperty("compatibility.scenario", "");
    private static final boolean UPDATE = Boolean.getBoolean("compatibility.update");
    /** As many at a time as the recording played, so that they disturb each other as little. */
    private static final int AT_ONCE = 6;

    private static final int NODES = 5;
    /** What a scenario is listed with when its final objects or answers differ. */
    private static final int RESULT = 0;
    /** What it is listed with when the same objects were reached by other writes or events. */
    private static final int WAY = 1;

    private final Environment environment = Environment.real();
    private final Map<String, List<String>> differences = new ConcurrentHashMap<>();
    private final Map<String, Signal> done = new ConcurrentHashMap<>();
    private @Nullable Cluster cluster;
    private @Nullable ObservedCluster observed;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Cluster started = Cluster.builder(environment).nodes(NODES).start();
        ObservedCluster observing =
                new ObservedCluster(environment, new InProcessTarget(environment, started::handle, () -> {}));
        observing.start();
        cluster = started;
        observed = observing;
    }

    @AfterEach
    void stop() {
        requireNonNull(observed).close();
        requireNonNull(cluster).close();
    }

    @TestFactory
    Stream<DynamicTest> controllersDoAsTheOriginalsDid() {
        List<String> names =
                Recordings.scenarios().stream().filter(ScenariosTest::isPlayed).toList();
        names.forEach(name -> done.put(name, environment.newSignal()));
        environment.start("scenarios", () -> playAll(names));
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    /** Those listed for their results are played only when asked for, or to see whether they agree now: mostly they wait in vain. */
    private static boolean isPlayed(String name) {
        if (!ONLY.isEmpty()) {
            return name.matches(".*" + ONLY + ".*");
        }
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);
        return Recordings.isPlayed(name)
                && (UPDATE || !known.of("scenario/" + name, 0).contains(RESULT));
    }

    /** First those that may run side by side, then, one by one, those that count the cluster's nodes. */
    private void playAll(List<String> names) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        Set<String> alone = new TreeSet<>();
        for (String name : names) {
            RecordedScenario recorded = RecordedScenario.of(name);
            if (recorded.scenario().path("alone").asBoolean(false)) {
                alone.add(name);
                continue;
            }
            places.acquire();
            environment.start(name, () -> {
                try {
                    play(name, recorded);
                } finally {
                    places.release();
                }
            });
        }
        places.acquire(AT_ONCE);
        for (String name : alone) {
            play(name, RecordedScenario.of(name));
        }
    }

    private void play(String name, RecordedScenario recorded) throws InterruptedException {
        List<String> found = List.of("was not played to its end");
        try {
            Trace trace = new ScenarioPlayer(requireNonNull(observed), recorded.scenario()).play();
            found = recorded.differences(trace);
        } catch (ScriptFailedException e) {
            found = List.of(String.valueOf(e.getMessage()));
        } finally {
            differences.put(name, found);
            signal(name).raise();
        }
    }

    private Signal signal(String name) {
        return done.computeIfAbsent(name, missing -> environment.newSignal());
    }

    private void check(String name) throws InterruptedException {
        signal(name).await();
        List<String> found = differences.getOrDefault(name, List.of());
        if (!ONLY.isEmpty()) {
            System.out.println(name + ": " + (found.isEmpty() ? "same" : found.size() + " differences"));
            found.forEach(line -> System.out.println("    " + line));
        }
        // How writes merge, and so how many generations there are, depends on how fast the machine is; which objects
        // come
        // out and what is answered must not.
        List<String> lasting = found.stream()
                .filter(line -> line.startsWith("step") || line.endsWith(" objects"))
                .toList();
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);
        String topic = "scenario/" + name;
        if (UPDATE) {
            SortedSet<Integer> numbers = new TreeSet<>();
            if (!lasting.isEmpty()) {
                numbers.add(RESULT);
            }
            if (lasting.size() < found.size()) {
                numbers.add(WAY);
            }
            known.replace(topic, 0, name, numbers);
            known.write();
        } else if (!known.of(topic, 0).contains(RESULT)) {
            assertThat(lasting).as(name).isEmpty();
        }
    }
}
