// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import static io.fairlead.controllers.endpoints.Services.at;
import static io.fairlead.controllers.endpoints.Services.service;
import static io.fairlead.controllers.internal.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.controllers.endpoints.EndpointsPlanner.Wanted;
import io.fairlead.controllers.internal.PodFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsPlannerTest {
    @Test
    void listsReadyPodsAndThoseThatAreNot() {
        Wanted wanted = EndpointsPlanner.wanted(
                service("8080"),
                List.of(
                        at("10.1.0.1", 1, ready("a")),
                        at("10.1.0.2", 1, ready("b").unready())));

        assertThat(wanted.subsets().toString())
                .isEqualTo(
                        "[{\"addresses\":[{\"ip\":\"10.1.0.1\",\"nodeName\":\"node-0\",\"targetRef\":{\"kind\":\"Pod\","
                                + "\"namespace\":\"default\",\"name\":\"a\",\"uid\":\"uid-a\"}}],\"notReadyAddresses\":[{\"ip\":"
                                + "\"10.1.0.2\",\"nodeName\":\"node-0\",\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"default\","
                                + "\"name\":\"b\",\"uid\":\"uid-b\"}}],\"ports\":[{\"port\":8080,\"protocol\":\"TCP\"}]}]");
        assertThat(wanted.labels())
                .containsEntry("own", "x")
                .containsEntry(EndpointsPlanner.MANAGED_BY_LABEL, EndpointsPlanner.MANAGER);
    }

    @Test
    void groupsPodsByThePortsTheirNamesStandFor() {
        Wanted wanted = EndpointsPlanner.wanted(
                service("http"), List.of(at("10.1.0.1", 8080, ready("a")), at("10.1.0.2", 9090, ready("b"))));

        assertThat(wanted.subsets()).hasSize(2);
    }

    @Test
    void leavesOutWhatHasEndedOrGoesOrHasNoSuchPort() {
        List<PodFacts> pods = List.of(
                at("10.1.0.1", 1, ready("a").inPhase("Failed")),
                at("10.1.0.2", 1, ready("b").terminating()));

        assertThat(EndpointsPlanner.wanted(service("8080"), pods).subsets()).isEmpty();
        assertThat(EndpointsPlanner.wanted(service("grpc"), List.of(at("10.1.0.3", 1, ready("c"))))
                        .subsets())
                .isEmpty();
    }

    @Test
    void takesEveryPodAsReadyIfTheServiceSaysSo() {
        Wanted wanted = EndpointsPlanner.wanted(
                service("8080", "None", true),
                List.of(at("10.1.0.1", 1, ready("a").unready().terminating())));

        assertThat(wanted.subsets().path(0).path("addresses")).hasSize(1);
        assertThat(wanted.labels()).containsEntry(EndpointsPlanner.HEADLESS_LABEL, "");
    }

    @Test
    void leavesOutWhatIsTooMuchAndSaysSo() {
        List<PodFacts> pods = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            pods.add(
                    at("10.1." + i / 200 + "." + i % 200, 1, i == 0 ? ready("p").unready() : ready("p" + i)));
        }
        Wanted wanted = EndpointsPlanner.wanted(service("8080"), pods);

        assertThat(wanted.truncated()).isTrue();
        assertThat(wanted.subsets().path(0).path("addresses")).hasSize(1000);
        assertThat(wanted.subsets().path(0).path("notReadyAddresses")).isEmpty();
    }
}
