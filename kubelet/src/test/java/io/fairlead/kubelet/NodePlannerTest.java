// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodePlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static NodeFacts node(String value, String ready, String heartbeat) {
        return Samples.node(
                "{'metadata':{'name':'n','uid':'u','creationTimestamp':'2025-01-01T00:00:00Z','annotations':"
                        + "{'kwok.x-k8s.io/node':'" + value + "'}},'status':{'conditions':[{'type':'Ready','status':'"
                        + ready
                        + "','lastHeartbeatTime':'" + heartbeat + "'}]}}");
    }

    @Test
    void aRealNodeIsLeftAlone() {
        NodeFacts real = Samples.node("{'metadata':{'name':'n','uid':'u'}}");

        assertThat(NodePlanner.plan(real, NOW)).isEqualTo(NodeStep.REST);
        assertThat(NodePlanner.plan(node("real", "False", ""), NOW)).isEqualTo(NodeStep.REST);
    }

    @Test
    void aNodeThatIsNotReadyBecomesReady() {
        NodeFacts fresh =
                Samples.node("{'metadata':{'name':'n','uid':'u','annotations':{'kwok.x-k8s.io/node':'fake'}}}");

        assertThat(NodePlanner.plan(fresh, NOW)).isEqualTo(NodeStep.INITIALIZE);
        assertThat(NodePlanner.plan(node("fake", "Unknown", ""), NOW)).isEqualTo(NodeStep.INITIALIZE);
    }

    @Test
    void aReadyNodeReportsEveryFiveMinutes() {
        assertThat(NodePlanner.plan(node("fake", "True", "2025-12-31T23:55:01Z"), NOW))
                .isEqualTo(NodeStep.REST);
        assertThat(NodePlanner.plan(node("fake", "True", "2025-12-31T23:55:00Z"), NOW))
                .isEqualTo(NodeStep.HEARTBEAT);
    }

    @Test
    void aNodeKeepsWhatItsMakerSaidOfIt() {
        NodeFacts sized = Samples.node("{'metadata':{'name':'n','uid':'u'},'status':{'allocatable':{'cpu':'4'},"
                + "'nodeInfo':{'architecture':'arm64','kubeletVersion':''},"
                + "'addresses':[{'type':'InternalIP','address':'1.2.3.4'}]}}");

        JsonNode status = NodeBodies.initialization(sized, "9.9.9.9", NOW).get("status");

        assertThat(status.has("allocatable")).isFalse();
        assertThat(status.has("addresses")).isFalse();
        assertThat(status.at("/nodeInfo/architecture").textValue()).isEqualTo("arm64");
        assertThat(status.at("/nodeInfo/kubeletVersion").textValue()).isEqualTo("kwok-0.8.0");
    }

    @Test
    void aNodeOfItsOwnIsReadyFromTheStart() {
        JsonNode node = NodeBodies.node("node-0", Map.of("cpu", "32", "pods", "1100"), "172.18.0.1", NOW);

        assertThat(node.at("/metadata/annotations/kwok.x-k8s.io~1node").textValue())
                .isEqualTo("fake");
        assertThat(node.at("/status/conditions/0/type").textValue()).isEqualTo("Ready");
        assertThat(node.at("/status/conditions/0/status").textValue()).isEqualTo("True");
        assertThat(node.at("/status/allocatable/pods").textValue()).isEqualTo("1100");
    }
}
