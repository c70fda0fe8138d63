// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import static io.fairlead.controllers.endpoints.Services.at;
import static io.fairlead.controllers.endpoints.Services.service;
import static io.fairlead.controllers.internal.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.controllers.internal.PodFacts;
import io.fairlead.controllers.internal.Pods;
import io.fairlead.framework.ObjectMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlicePlannerTest {
    private int made;

    @Test
    void keepsOneSliceWhenThereIsNothingToPutIn() {
        SlicePlan plan = plan(service("8080"), List.of(), List.of());

        assertThat(plan.create()).hasSize(1);
        assertThat(plan.create().getFirst().endpoints()).isEmpty();
        assertThat(plan(service("8080"), List.of(), follow(plan, Map.of()).values())
                        .nothing())
                .isTrue();
    }

    @Test
    void fillsThatSliceFirst() {
        Collection<Slice> placeholder =
                follow(plan(service("8080"), List.of(), List.of()), Map.of()).values();
        SlicePlan plan = plan(service("8080"), List.of(at("10.1.0.1", 1, ready("a"))), placeholder);

        assertThat(plan.create()).isEmpty();
        assertThat(plan.update()).hasSize(1);
    }

    @Test
    void saysHowAPodIs() {
        SlicePlan plan =
                plan(service("8080"), List.of(at("10.1.0.1", 1, ready("a").terminating())), List.of());

        assertThat(plan.create()
                        .getFirst()
                        .endpoints()
                        .path(0)
                        .path("conditions")
                        .toString())
                .isEqualTo("{\"ready\":false,\"serving\":true,\"terminating\":true}");
    }

    @Test
    void putsTheHundredAndFirstIntoASliceOfItsOwn() {
        Map<String, Slice> world = new LinkedHashMap<>(follow(plan(service("8080"), pods(100), List.of()), Map.of()));
        SlicePlan plan = plan(service("8080"), pods(101), world.values());

        assertThat(plan.create()).hasSize(1);
        assertThat(plan.update()).isEmpty();
    }

    @Test
    void touchesOneSliceWhenOnePodChanges() {
        Map<String, Slice> world = follow(plan(service("8080"), pods(250), List.of()), Map.of());
        List<PodFacts> changed = new ArrayList<>(pods(250));
        changed.set(120, at("10.1.0.120", 1, ready("p120").unready()));
        SlicePlan plan = plan(service("8080"), changed, world.values());

        assertThat(world).hasSize(3);
        assertThat(plan.update()).hasSize(1);
        assertThat(plan.create()).isEmpty();
        assertThat(plan.delete()).isEmpty();
    }

    /** Whatever there was, the slices then have just the pods there are, each once, and nothing more is to be done. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void saysWhatThereIs(long seed) {
        Random random = new Random(seed);
        Map<String, Slice> world = Map.of();
        for (int round = 0; round < 8; round++) {
            List<PodFacts> pods = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(3) > 0) {
                    Pods pod = ready("p" + i);
                    pods.add(at(
                            "10.1." + i / 200 + "." + i % 200,
                            8080 + random.nextInt(2),
                            random.nextBoolean() ? pod : pod.unready()));
                }
            }
            ServiceFacts service = service("http");
            world = follow(plan(service, pods, world.values()), world);

            assertThat(addresses(world.values())).isEqualTo(addresses(pods)).hasSameSizeAs(pods);
            assertThat(world.values()).allMatch(slice -> slice.endpoints().size() <= SlicePlanner.ENDPOINTS_MAX);
            assertThat(plan(service, pods, world.values()).nothing()).isTrue();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    private static Set<String> addresses(List<PodFacts> pods) {
        Set<String> addresses = new HashSet<>();
        for (PodFacts pod : pods) {
            addresses.add(pod.network().addresses().getFirst() + ":"
                    + pod.network().ports().getFirst().number() + pod.ready());
        }
        return addresses;
    }

    private static Set<String> addresses(Collection<Slice> slices) {
        Set<String> addresses = new HashSet<>();
        for (Slice slice : slices) {
            for (JsonNode endpoint : slice.endpoints()) {
                addresses.add(endpoint.path("addresses").path(0).asText() + ":"
                        + slice.ports().path(0).path("port").asInt()
                        + endpoint.path("conditions").path("ready").asBoolean());
            }
        }
        return addresses;
    }

    private static SlicePlan plan(ServiceFacts service, List<PodFacts> pods, Collection<Slice> slices) {
        return SlicePlanner.plan(service, pods, node -> Optional.empty(), slices);
    }

    private Map<String, Slice> follow(SlicePlan plan, Map<String, Slice> before) {
        Map<String, Slice> after = new LinkedHashMap<>(before);
        plan.delete().forEach(slice -> after.remove(slice.metadata().name()));
        for (SlicePlan.Update update : plan.update()) {
            Slice old = update.slice();
            after.put(
                    old.metadata().name(),
                    new Slice(
                            old.metadata().withLabels(plan.labels()),
                            old.addressType(),
                            update.endpoints(),
                            update.ports()));
        }
        for (SlicePlan.Create create : plan.create()) {
            String name = "web-" + made++;
            after.put(
                    name,
                    new Slice(
                            ObjectMetadata.of("default", name, name).withLabels(plan.labels()),
                            create.addressType(),
                            create.endpoints(),
                            create.ports()));
        }
        return after;
    }

    private static List<PodFacts> pods(int count) {
        List<PodFacts> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pods.add(at("10.1." + i / 200 + "." + i % 200, 1, ready("p" + i)));
        }
        return pods;
    }
}
