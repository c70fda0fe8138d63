// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.kubelet.PodPatches.Addresses;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the original's simulator wrote to the same pods, as recorded. */
class PodPatchesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:07.5Z");
    private static final Addresses ADDRESSES = new Addresses("10.0.0.2", "10.244.0.1");

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void aPodThatStartsIsReadyInOneWrite() throws Exception {
        PodFacts pod = Samples.pending(
                "",
                "'readinessGates':[{'conditionType':'a.b/c'}],"
                        + "'initContainers':[{'name':'i','image':'a'},{'name':'s','image':'a','restartPolicy':'Always'}]");

        assertThat((JsonNode) PodPatches.started(pod, true, ADDRESSES, NOW))
                .isEqualTo(
                        json(
                                """
                {'metadata':{'uid':'u'},'status':{'conditions':[
                {'lastTransitionTime':'2026-01-01T00:00:07Z','status':'True','type':'Initialized'},
                {'lastTransitionTime':'2026-01-01T00:00:07Z','status':'True','type':'Ready'},
                {'lastTransitionTime':'2026-01-01T00:00:07Z','status':'True','type':'ContainersReady'},
                {'lastTransitionTime':'2026-01-01T00:00:07Z','status':'True','type':'a.b/c'}],
                'containerStatuses':[{'image':'i','name':'app','ready':true,'restartCount':0,
                'state':{'running':{'startedAt':'2026-01-01T00:00:07Z'}}}],
                'initContainerStatuses':[{'image':'a','name':'i','ready':true,'restartCount':0,'state':{'terminated':
                {'exitCode':0,'finishedAt':'2026-01-01T00:00:07Z','reason':'Completed','startedAt':'2026-01-01T00:00:07Z'}}},
                {'image':'a','name':'s','ready':true,'restartCount':0,'started':true,
                'state':{'running':{'startedAt':'2026-01-01T00:00:07Z'}}}],
                'hostIP':'10.0.0.2','hostIPs':[{'ip':'10.0.0.2'}],'podIP':'10.244.0.1','podIPs':[{'ip':'10.244.0.1'}],
                'startTime':'2026-01-01T00:00:07Z','phase':'Running'}}"""));
    }

    @Test
    void aPodOfAJobThatCompletesKeepsItsConditions() throws Exception {
        assertThat((JsonNode) PodPatches.completed(Samples.running("", ""), NOW))
                .isEqualTo(
                        json(
                                """
                {'metadata':{'uid':'u'},'status':{'containerStatuses':[{'image':'i','name':'app','ready':false,
                'restartCount':0,'started':false,'state':{'terminated':{'exitCode':0,
                'finishedAt':'2026-01-01T00:00:07Z','reason':'Completed','startedAt':'2026-01-01T00:00:07Z'}}}],
                'phase':'Succeeded'}}"""));
    }

    @Test
    void aPodWhoseCommandFailsIsNotReadyAnyMore() throws Exception {
        PodFacts pod = Samples.running(
                "", "'restartPolicy':'Never','containers':[{'name':'app','image':'i','command':['false']}]");
        Step.Progress step = (Step.Progress) PodPlanner.plan(pod, NOW);

        JsonNode status = PodPatches.progressed(pod, step, true, NOW).get("status");

        assertThat(status.get("phase").textValue()).isEqualTo("Failed");
        assertThat(status.at("/conditions/0/reason").textValue()).isEqualTo("PodFailed");
        assertThat(status.at("/conditions/0/status").textValue()).isEqualTo("False");
        assertThat(status.at("/containerStatuses/0/state/terminated/exitCode").intValue())
                .isEqualTo(1);
        assertThat(status.at("/containerStatuses/0/state/terminated/reason").textValue())
                .isEqualTo("Error");
    }

    @Test
    void aPodThatIsRestartedAtOnceStaysReady() {
        PodFacts pod = Samples.running("", "'containers':[{'name':'app','image':'i','command':['true']}]");
        Step.Progress step = (Step.Progress) PodPlanner.plan(pod, NOW);

        JsonNode status = PodPatches.progressed(pod, step, true, NOW).get("status");

        assertThat(status.get("conditions")).isEmpty();
        assertThat(status.at("/containerStatuses/0/restartCount").intValue()).isEqualTo(1);
        assertThat(status.at("/containerStatuses/0/lastState/terminated/exitCode")
                        .intValue())
                .isZero();
    }
}
