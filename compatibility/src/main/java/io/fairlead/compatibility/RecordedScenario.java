// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fairlead.compatibility.TraceDigest.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A scenario with what the original did in it.
 *
 * @param varies the places that differ between two runs of the original itself
 */
record RecordedScenario(JsonNode scenario, Trace trace, Set<List<String>> varies) {
    static RecordedScenario of(String name) {
        JsonNode scenario = Json.object();
        JsonNode trace = Json.object();
        JsonNode finals = Json.array();
        JsonNode events = Json.array();
        Set<List<String>> varies = new HashSet<>();
        for (JsonNode line : Script.lines("scenarios/" + name + ".jsonl")) {
            scenario = line.has("scenario") ? line.get("scenario") : scenario;
            trace = line.has("trace") ? line.get("trace") : trace;
            finals = line.has("final") ? line.get("final") : finals;
            events = line.has("events") ? line.get("events") : events;
            line.path("varies")
                    .forEach(place -> varies.add(
                            List.of(place.get(0).asText(), place.get(1).asText())));
        }
        Trace recorded = new Trace(list(trace.path("steps")), list(trace.path("writes")), list(finals), list(events));
        return new RecordedScenario(scenario, recorded, varies);
    }

    private static ArrayNode list(JsonNode node) {
        return node instanceof ArrayNode list ? list : Json.array();
    }

    /** Whether one of its steps runs kubectl. */
    boolean needsKubectl() {
        return scenario.path("steps").findValue("kubectl") != null;
    }

    /**
     * Whether the original's scheduler met a tainted node: the node of another scenario, there at the same time. Scenarios taint those that
     * they add themselves, so a pod of one of these meets such nodes as well, and then one more makes no difference to a text without
     * numbers.
     */
    boolean metTaintedNode() {
        return Json.write(trace.events()).contains("untolerated taint(s)")
                || Json.write(trace.writes()).contains("untolerated taint(s)");
    }

    /** What differs in {@code found}, but for the varying places. */
    List<String> differences(Trace found) {
        return TraceComparison.of(trace, found).stream()
                .filter(difference -> !varies.contains(TraceComparison.place(difference)))
                .toList();
    }
}
