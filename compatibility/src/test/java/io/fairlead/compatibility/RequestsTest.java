// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays every recorded script and holds the answers against the original's, but for the known differences.
 *
 * <p>{@code -Dcompatibility.only=protocol/crud} plays the topics that match; {@code -Dcompatibility.diff=true} prints what differs,
 * known or not; {@code -Dcompatibility.update=true} writes the known differences and the report anew;
 * {@code -Dcompatibility.target} plays against other servers, see {@link Servers}: from those that are not ours everything must agree.
 */
class RequestsTest {
    private static final String ONLY = System.getProperty("compatibility.only", "");
    private static final boolean DIFF = Boolean.getBoolean("compatibility.diff");
    private static final boolean UPDATE = Boolean.getBoolean("compatibility.update") && !Servers.areForeign();
    private static final int SHOWN_MAX = 12;
    private static final int LINE_MAX = 400;

    private static final Environment ENVIRONMENT = Environment.real();
    private static final Servers SERVERS = new Servers(ENVIRONMENT);

    @TestFactory
    Stream<DynamicTest> answersAsTheOriginalDoes() {
        return Recordings.topics().stream()
                .filter(topic -> topic.matches(ONLY.isEmpty() ? ".*" : ".*" + ONLY + ".*"))
                .map(topic -> DynamicTest.dynamicTest(topic, () -> check(topic)));
    }

    /** After an update the report is written anew as well. */
    @AfterAll
    static void report() throws IOException {
        SERVERS.close();
        if (UPDATE) {
            Files.writeString(Recordings.REPORT, CompatibilityReport.current());
        }
    }

    private void check(String topic) throws InterruptedException {
        KnownDifferences known = KnownDifferences.read(Recordings.KNOWN_DIFFERENCES);
        List<String> problems = new ArrayList<>();
        List<Script> scripts = Script.ofTopic(topic);
        int all = 0;
        int agreeing = 0;
        for (int i = 0; i < scripts.size(); i++) {
            Script script = scripts.get(i);
            List<JsonNode> wanted = script.steps().stream()
                    .flatMap(step -> step.answer().stream())
                    .toList();
            SortedSet<Integer> differing = differing(
                    topic, i, script, wanted, Servers.areForeign() ? new TreeSet<>() : known.of(topic, i), problems);
            all += wanted.size();
            agreeing += wanted.size() - differing.size();
            known.replace(topic, i, script.name(), differing);
        }
        System.out.printf("%-50s %4d / %4d agree%n", topic, agreeing, all);
        if (UPDATE) {
            known.write();
        } else {
            assertThat(problems).as("steps that changed sides in " + topic).isEmpty();
        }
    }

    private SortedSet<Integer> differing(
            String topic,
            int number,
            Script script,
            List<JsonNode> wanted,
            SortedSet<Integer> known,
            List<String> problems)
            throws InterruptedException {
        List<JsonNode> found;
        try (Target target = SERVERS.target()) {
            found = new RequestPlayer(ENVIRONMENT, target, script, Servers.namespace(ENVIRONMENT)).play();
        }
        SortedSet<Integer> differing = new TreeSet<>();
        for (int step = 0; step < wanted.size(); step++) {
            boolean unsent = found.get(step).path("broke").asText().startsWith(HttpsTarget.CANNOT_SEND);
            boolean agrees = unsent || found.get(step).equals(wanted.get(step));
            if (!agrees) {
                differing.add(step);
            }
            String where = topic + " script " + number + " (" + script.name() + ") step " + step;
            if (agrees && known.contains(step)) {
                problems.add(where + " agrees now: take it off the list");
            } else if (!agrees && !known.contains(step)) {
                problems.add(describe(where, script, step, wanted.get(step), found.get(step)));
            } else if (!agrees && DIFF) {
                System.out.println(describe(where, script, step, wanted.get(step), found.get(step)));
            }
        }
        return differing;
    }

    private static String describe(String where, Script script, int number, JsonNode wanted, JsonNode found) {
        JsonNode step = script.steps().stream()
                .filter(each -> each.answer().isPresent())
                .skip(number)
                .findFirst()
                .orElseGet(() -> fail("no step " + number))
                .written();
        StringBuilder text = new StringBuilder(where)
                .append(": ")
                .append(step.path("do").asText())
                .append(step.path("stream").asText())
                .append(step.path("collect").asText())
                .append(" — ")
                .append(step.path("about").asText())
                .append('\n');
        if (step.has("body") && DIFF) {
            text.append("    body ")
                    .append(shortened(step.get("body").toString()))
                    .append('\n');
        }
        Json.differences(wanted, found).stream()
                .limit(SHOWN_MAX)
                .forEach(line -> text.append("    ").append(shortened(line)).append('\n'));
        return text.toString();
    }

    private static String shortened(String line) {
        return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "…";
    }
}
