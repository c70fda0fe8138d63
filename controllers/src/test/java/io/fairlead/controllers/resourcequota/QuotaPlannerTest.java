// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.controllers.internal.Quantity;
import io.fairlead.controllers.resourcequota.QuotaFacts.Status;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuotaPlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    @Nested
    class WhatIsCounted {
        private final List<ResourceType> served =
                List.of(ResourceType.CONFIG_MAPS, ResourceType.SECRETS, ResourceType.DEPLOYMENTS);

        @Test
        void followsFromTheNameOfTheLimit() {
            assertThat(QuotaPlanner.counted("pods", served)).contains(ResourceType.PODS);
            assertThat(QuotaPlanner.counted("requests.example.com/gpu", served)).contains(ResourceType.PODS);
            assertThat(QuotaPlanner.counted("services.nodeports", served)).contains(ResourceType.SERVICES);
            assertThat(QuotaPlanner.counted("gold.storageclass.storage.k8s.io/requests.storage", served))
                    .contains(ResourceType.PERSISTENT_VOLUME_CLAIMS);
            assertThat(QuotaPlanner.counted("secrets", served)).contains(ResourceType.SECRETS);
            assertThat(QuotaPlanner.counted("count/deployments.apps", served)).contains(ResourceType.DEPLOYMENTS);
        }

        @Test
        void isNothingThatIsNotServed() {
            assertThat(QuotaPlanner.counted("count/widgets.example.com", served))
                    .isEmpty();
            assertThat(QuotaPlanner.counted("deployments.apps", served)).isEmpty();
        }
    }

    @Nested
    class Pods {
        @Test
        void needWhatTheirContainersNeedTogetherOrOneBeforeThemAlone() {
            JsonNode pod = json(
                    """
                    {"spec": {"containers": [{"resources": {"requests": {"cpu": "300m"}, "limits": {"memory": "1Gi"}}},
                                             {"resources": {"requests": {"cpu": "200m", "example.com/gpu": "1"}}}],
                              "initContainers": [{"resources": {"requests": {"cpu": "900m"}}}],
                              "overhead": {"cpu": "100m"}}}""");

            assertThat(PodUsage.of(pod, NOW))
                    .containsEntry("pods", Quantity.of(1))
                    .containsEntry("cpu", quantity("1"))
                    .containsEntry("requests.cpu", quantity("1"))
                    .containsEntry("requests.example.com/gpu", quantity("1"))
                    .containsEntry("limits.memory", quantity("1Gi"))
                    .doesNotContainKey("limits.cpu");
        }

        @Test
        void thatHaveEndedOnlyTakeRoom() {
            assertThat(PodUsage.of(json("{\"status\": {\"phase\": \"Succeeded\"}}"), NOW))
                    .isEqualTo(Map.of("count/pods", Quantity.of(1)));
        }

        @Test
        void thatAreOverdueOnlyTakeRoom() {
            String stopping =
                    "{\"metadata\": {\"deletionTimestamp\": \"%s\", \"deletionGracePeriodSeconds\": 30}, \"spec\": {}}";

            assertThat(PodUsage.of(json(stopping.formatted("2026-01-05T09:59:29Z")), NOW))
                    .doesNotContainKey("pods");
            assertThat(PodUsage.of(json(stopping.formatted("2026-01-05T09:59:31Z")), NOW))
                    .containsKey("pods");
        }
    }

    @Nested
    class TheStatus {
        @Test
        void isWrittenTheFirstTime() {
            QuotaFacts quota = quota(Map.of("pods", "2"), Map.of(), Map.of());

            assertThat(QuotaPlanner.status(quota, used("pods", "0")))
                    .contains(new Status(quota.hard(), used("pods", "0")));
        }

        @Test
        void isNotWrittenWhenItSaysSoAlready() {
            QuotaFacts quota = quota(Map.of("memory", "1Gi"), Map.of("memory", "1024Mi"), Map.of("memory", "0"));

            assertThat(QuotaPlanner.status(quota, used("memory", "0"))).isEmpty();
        }

        @Test
        void keepsWhatCouldNotBeCountedAndDropsWhatIsNotLimited() {
            QuotaFacts quota = quota(
                    Map.of("pods", "2", "count/widgets.example.com", "1"),
                    Map.of("pods", "2", "secrets", "1"),
                    Map.of("pods", "1", "secrets", "1", "count/widgets.example.com", "1"));

            assertThat(QuotaPlanner.status(quota, used("pods", "1")))
                    .contains(new Status(
                            quota.hard(), Map.of("pods", quantity("1"), "count/widgets.example.com", quantity("1"))));
        }
    }

    @Test
    void sumsAreZeroOfWhatNobodyUses() {
        assertThat(QuotaPlanner.sum(
                        Set.of("services", "services.nodeports"),
                        List.of(OtherUsage.ofService(json("{\"spec\": {\"type\": \"ClusterIP\"}}")))))
                .isEqualTo(Map.of("services", Quantity.of(1), "services.nodeports", Quantity.ZERO));
    }

    private static QuotaFacts quota(Map<String, String> hard, Map<String, String> known, Map<String, String> used) {
        return new QuotaFacts(
                ObjectMetadata.of("shop", "few", "uid"),
                quantities(hard),
                new Status(quantities(known), quantities(used)),
                List.of());
    }

    private static Map<String, Quantity> used(String name, String amount) {
        return Map.of(name, quantity(amount));
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, each -> quantity(each.getValue())));
    }

    private static Quantity quantity(String text) {
        return Quantity.parse(text).orElseThrow();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
