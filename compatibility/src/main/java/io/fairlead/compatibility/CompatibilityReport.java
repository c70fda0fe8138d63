// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code docs/compatibility.md}: how many recorded steps agree in each topic, as the known differences say. */
final class CompatibilityReport {
    private static final String HEAD =
            """
            # How far Fairlead agrees with the original

            Generated from `compatibility/known-differences.txt` by the tests of `compatibility/`; do not edit. What was recorded:
            Kubernetes 1.36.3. A step is one request with its whole answer (status, headers that clients read, body), compared
            after masking what differs from run to run. A scenario is everything that the controllers did: the sequence of values
            of every field of every object, the final objects, the events. It is one of the ways in which things can go: which of two
            requests under way is answered first decides what a controller sees, and writes. So a scenario is played in simulated time, with
            requests that take a while, and again with other latencies, up to two hundred times: it agrees if one of these runs goes
            wholly the way of the original. Which runs there are does not depend on the machine.

            """;

    private record Count(int agreeing, int all) {
        Count plus(Count other) {
            return new Count(agreeing + other.agreeing, all + other.all);
        }

        String share() {
            return agreeing + " / " + all + " | " + (all == 0 ? 0 : agreeing * 100 / all) + " %";
        }
    }

    private CompatibilityReport() {}

    /** The report of what is known now. */
    static String current() {
        return of(
                KnownDifferences.read(Recordings.KNOWN_DIFFERENCES),
                Recordings.topics(),
                Recordings.scenarios(),
                Reasons.read(Recordings.REASONS));
    }

    private static String of(KnownDifferences known, List<String> topics, List<String> scenarios, Reasons reasons) {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("## Areas\n\n| area | steps that agree | |\n|---|---|---|\n");
        Map<String, Count> areas = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (String topic : topics) {
            Count count = count(known, topic);
            areas.merge(area(topic), count, Count::plus);
            rows.add("| " + topic + " | " + count.share() + " |\n");
        }
        Count total = areas.values().stream().reduce(new Count(0, 0), Count::plus);
        areas.forEach((area, count) -> text.append("| ")
                .append(area)
                .append(" | ")
                .append(count.share())
                .append(" |\n"));
        text.append("| **all** | ").append(total.share()).append(" |\n");
        text.append("\n## Controllers' scenarios\n\n| area | scenarios that agree | | not yet |\n|---|---|---|---|\n");
        List<String> differing =
                scenarios.stream().filter(each -> !agrees(known, each)).toList();
        scenarioRows(scenarios, differing).forEach(text::append);
        text.append("\n### Why the others do not\n\n| scenario | what differs, and why |\n|---|---|\n");
        reasons.among(differing).forEach((name, reason) -> text.append("| " + name + " | " + reason + " |\n"));
        text.append("\n## Topics\n\n| topic | steps that agree | |\n|---|---|---|\n");
        rows.forEach(text::append);
        return text.toString();
    }

    private static Count count(KnownDifferences known, String topic) {
        int all = 0;
        int differing = 0;
        List<Script> scripts = Script.ofTopic(topic);
        for (int i = 0; i < scripts.size(); i++) {
            all += (int) scripts.get(i).steps().stream()
                    .filter(step -> step.answer().isPresent())
                    .count();
            differing += known.of(topic, i).size();
        }
        return new Count(all - differing, all);
    }

    /** Whether a scenario went wholly as the original's did. */
    static boolean agrees(KnownDifferences known, String scenario) {
        return known.of("scenario/" + scenario, 0).isEmpty();
    }

    private static List<String> scenarioRows(List<String> scenarios, List<String> differing) {
        Map<String, Count> counts = new TreeMap<>();
        Map<String, List<String>> missing = new TreeMap<>();
        for (String scenario : scenarios) {
            boolean agrees = !differing.contains(scenario);
            String area = scenario.substring(0, scenario.indexOf('/'));
            counts.merge(area, new Count(agrees ? 1 : 0, 1), Count::plus);
            if (!agrees) {
                missing.computeIfAbsent(area, none -> new ArrayList<>()).add(scenario.substring(area.length() + 1));
            }
        }
        List<String> rows = new ArrayList<>();
        counts.forEach((area, count) -> rows.add("| " + area + " | " + count.share() + " | "
                + String.join(", ", missing.getOrDefault(area, List.of())) + " |\n"));
        return rows;
    }

    private static String area(String topic) {
        int dash = topic.indexOf('-');
        return topic.startsWith("objects/") && dash > 0 ? topic.substring(0, dash) : topic;
    }
}
