// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.scheduler.PodFacts.ScheduledCondition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PodDecoderTest {
    @Nested
    class Requests {
        @Test
        void ofContainersAddUp() {
            PodFacts pod = Samples.pod(
                    "p",
                    "{'containers':[{'name':'a','resources':{'requests':{'cpu':'100m','memory':'1Gi'}}},"
                            + "{'name':'b','resources':{'requests':{'cpu':'2','example.com/card':'1'},'limits':{'cpu':'9'}}}]}");

            assertThat(pod.requirements().requests())
                    .isEqualTo(new Resources(2_100, 1L << 30, 0, 0, Map.of("example.com/card", 1L)));
        }

        @Test
        void ofInitContainersCountByTheLargestBesideTheSidecarsBefore() {
            PodFacts pod = Samples.pod(
                    "p",
                    "{'initContainers':["
                            + "{'name':'first','resources':{'requests':{'cpu':'3'}}},"
                            + "{'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}},"
                            + "{'name':'last','resources':{'requests':{'cpu':'4'}}}],"
                            + "'containers':[{'name':'a','resources':{'requests':{'cpu':'2'}}}]}");

            assertThat(pod.requirements().requests().cpuMillis()).isEqualTo(5_000);
        }

        @Test
        void ofTheContainersBesideSidecarsCountIfLarger() {
            PodFacts pod = Samples.pod(
                    "p",
                    "{'initContainers':[{'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}}],"
                            + "'containers':[{'name':'a','resources':{'requests':{'cpu':'2'}}}],"
                            + "'overhead':{'cpu':'250m'}}");

            assertThat(pod.requirements().requests().cpuMillis()).isEqualTo(3_250);
        }

        @Test
        void ofThePodAsAWholeReplaceTheSum() {
            PodFacts pod = Samples.pod(
                    "p",
                    "{'resources':{'requests':{'cpu':'5'}},"
                            + "'containers':[{'name':'a','resources':{'requests':{'cpu':'2','memory':'1Gi'}}}]}");

            assertThat(pod.requirements().requests()).isEqualTo(new Resources(5_000, 1L << 30, 0, 0, Map.of()));
        }

        @Test
        void thatAreMissingAreGuessedForScoresOnly() {
            PodFacts pod = Samples.pod("p", "{'containers':[{'name':'a'},{'name':'b'}]}");

            assertThat(pod.requirements().requests().isNone()).isTrue();
            assertThat(pod.requirements().weight()).isEqualTo(new Resources(200, 400L << 20, 0, 0, Map.of()));
        }
    }

    @Test
    void hostPortsAreThoseThatAreSet() {
        PodFacts pod = Samples.pod(
                "p",
                "{'containers':[{'name':'a','ports':[{'containerPort':80},"
                        + "{'containerPort':81,'hostPort':8081,'protocol':'UDP','hostIP':'127.0.0.1'}]}]}");

        assertThat(pod.requirements().hostPorts()).containsExactly(new HostPort("127.0.0.1", "UDP", 8081));
    }

    @Test
    void podsOfOneTemplateShareOneValue() throws Exception {
        PodDecoder decoder = new PodDecoder();
        String json =
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"nodeSelector\":{\"a\":\"b\"},\"containers\":[{\"name\":\"c\"}]}}";
        PodFacts first = decoder.decode(
                io.fairlead.framework.JsonCursor.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        PodFacts second = decoder.decode(
                io.fairlead.framework.JsonCursor.of(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(first.requirements()).isSameAs(second.requirements());
    }

    @Test
    void theRestIsReadAsItStands() {
        PodFacts pod = Samples.decode(
                "{'metadata':{'namespace':'ns','name':'p','uid':'u'},'spec':{'schedulerName':'s',"
                        + "'nodeName':'n','priority':7,'schedulingGates':[{'name':'g'}],"
                        + "'tolerations':[{'key':'k','operator':'Exists','effect':'NoSchedule'}]},"
                        + "'status':{'phase':'Succeeded','conditions':[{'type':'Ready','status':'True'},"
                        + "{'type':'PodScheduled','status':'False','reason':'Unschedulable','message':'m','observedGeneration':3}]}}");

        assertThat(pod.schedulerName()).isEqualTo("s");
        assertThat(pod.nodeName()).isEqualTo("n");
        assertThat(pod.priority()).isEqualTo(7);
        assertThat(pod.gated()).isTrue();
        assertThat(pod.finished()).isTrue();
        assertThat(pod.requirements().tolerations())
                .isEqualTo(List.of(new Toleration("k", "Exists", "", "NoSchedule")));
        assertThat(pod.condition()).isEqualTo(new ScheduledCondition("False", "Unschedulable", "m", 3));
    }

    @Test
    void anEmptyListOfGatesIsNoGate() {
        assertThat(Samples.pod("p", "{'schedulingGates':[]}").gated()).isFalse();
        assertThat(Samples.pod("p", "{'schedulingGates':null}").gated()).isFalse();
    }
}
