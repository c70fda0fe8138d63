// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePlannerTest {
    private static final String NOW = "2026-01-01T00:00:00Z";

    private static NodeFacts node(String labels, String spec, String conditions) {
        String json = "{'metadata':{'name':'n','uid':'u','labels':{" + labels + "}},'spec':{" + spec
                + "},'status':{'conditions':[" + conditions + "]}}";
        try (JsonCursor cursor = JsonCursor.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
            return NodeFacts.PROJECTION.decode(cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> taints(NodeFacts node) {
        return NodePlanner.plan(node, NOW).taints().map(each -> each.toString().replace('"', '\''));
    }

    @Nested
    class Taints {
        @Test
        void ofANewNodeGoWhenNothingIsWrong() {
            NodeFacts fresh = node("", "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}]", "");

            assertThat(taints(fresh)).contains("[]");
        }

        @Test
        void ofANodeThatIsNotReadyStay() {
            NodeFacts broken = node(
                    "",
                    "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}]",
                    "{'type':'Ready','status':'False'}");

            assertThat(taints(broken)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "Ready, False, not-ready",
            "Ready, Unknown, unreachable",
            "MemoryPressure, True, memory-pressure",
            "DiskPressure, True, disk-pressure",
            "PIDPressure, True, pid-pressure",
            "NetworkUnavailable, True, network-unavailable",
        })
        void comeWithBadNews(String type, String status, String taint) {
            NodeFacts node = node("", "", "{'type':'" + type + "','status':'" + status + "'}");

            assertThat(taints(node))
                    .contains("[{'key':'node.kubernetes.io/" + taint + "','effect':'NoSchedule','timeAdded':'" + NOW
                            + "'}]");
        }

        @Test
        void ofOthersArePassedOnAsTheyAre() {
            NodeFacts cordoned = node(
                    "",
                    "'unschedulable':true,'taints':[{'key':'own','value':'x','effect':'NoSchedule'},"
                            + "{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}]",
                    "{'type':'Ready','status':'True'}");

            assertThat(taints(cordoned))
                    .contains("[{'key':'own','value':'x','effect':'NoSchedule'},"
                            + "{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'},"
                            + "{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule','timeAdded':'" + NOW
                            + "'}]");
        }

        @Test
        void areLeftAsTheyAreWhenAllIsWell() {
            assertThat(taints(node("", "", "{'type':'Ready','status':'True'}"))).isEmpty();
        }
    }

    @Test
    void theOlderNamesOfLabelsAreKeptUp() {
        NodeFacts node =
                node("'kubernetes.io/os':'linux','kubernetes.io/arch':'amd64','beta.kubernetes.io/os':'linux'", "", "");

        assertThat(NodePlanner.plan(node, NOW).labels()).isEqualTo(Map.of("beta.kubernetes.io/arch", "amd64"));
    }
}
