// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.registry.Strategy;
import io.fairlead.apiserver.internal.schema.Decoded;
import io.fairlead.apiserver.internal.schema.ObjectDecoder;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PodStrategyTest {
    private static final ResourceDefinition PODS =
            Schema.builtIn().resource("", "v1", "pods").orElseThrow();
    private static final Strategy STRATEGY = Kinds.strategyOf(PODS);
    private static final Strategy.Context CONTEXT =
            new Strategy.Context(PODS, "ns", Instant.EPOCH, new UserInfo("admin", "", List.of(), Map.of()));

    @Nested
    class Creating {
        @Test
        void fillsInWhatTheSmallestPodLeavesOut() {
            JsonObject pod = created("{'containers': [{'name': 'c', 'image': 'i'}]}");

            assertThat(pod.objectOrEmpty("spec"))
                    .isEqualTo(
                            tree(
                                    "{'containers': [{'name': 'c', 'image': 'i', 'imagePullPolicy': 'Always', 'resources': {},"
                                            + " 'terminationMessagePath': '/dev/termination-log', 'terminationMessagePolicy': 'File'}],"
                                            + " 'dnsPolicy': 'ClusterFirst', 'enableServiceLinks': true, 'restartPolicy': 'Always',"
                                            + " 'schedulerName': 'default-scheduler', 'securityContext': {}, 'terminationGracePeriodSeconds': 30}"));
            assertThat(pod.objectOrEmpty("status")).isEqualTo(tree("{'phase': 'Pending', 'qosClass': 'BestEffort'}"));
            assertThat(pod.objectOrEmpty("metadata").number("generation", 0)).isEqualTo(1);
        }

        @Test
        void classifiesPodsByWhatTheyAskFor() {
            assertThat(qosClass("{'limits': {'cpu': '1', 'memory': '1Gi'}}")).isEqualTo("Guaranteed");
            assertThat(qosClass("{'requests': {'cpu': '100m'}}")).isEqualTo("Burstable");
            assertThat(qosClass("{}")).isEqualTo("BestEffort");
        }

        private String qosClass(String resources) {
            return created("{'containers': [{'name': 'c', 'image': 'i', 'resources': " + resources + "}]}")
                    .objectOrEmpty("status")
                    .text("qosClass");
        }

        @Test
        void namesEverythingThatIsWrong() {
            assertThat(problems("{'containers': [{'name': 'C', 'ports': [{'containerPort': 0, 'protocol': 'z'}]},"
                            + " {'name': 'c', 'image': ' i', 'volumeMounts': [{'name': 'n'}]}], 'restartPolicy': 'x'}"))
                    .contains(
                            "spec.containers[0].image: Required value",
                            "spec.containers[0].ports[0].containerPort: Required value",
                            "spec.containers[0].ports[0].protocol: Unsupported value: \"z\": supported values: \"SCTP\","
                                    + " \"TCP\", \"UDP\"",
                            "spec.containers[1].image: Invalid value: \" i\": must not have leading or trailing whitespace",
                            "spec.containers[1].volumeMounts[0].name: Not found: \"n\"",
                            "spec.restartPolicy: Unsupported value: \"x\": supported values: \"Always\", \"OnFailure\","
                                    + " \"Never\"")
                    .anyMatch(each ->
                            each.startsWith("spec.containers[0].name: Invalid value: \"C\": a lowercase RFC 1123"));
        }

        @Test
        void doesNotCountAnInvalidVolumeAsKnown() {
            assertThat(problems(
                            "{'containers': [{'name': 'c', 'image': 'i', 'volumeMounts': [{'name': 'v', 'mountPath': '/m'}]}],"
                                    + " 'volumes': [{'name': 'v', 'secret': {}}]}"))
                    .containsExactlyInAnyOrder(
                            "spec.volumes[0].secret.secretName: Required value",
                            "spec.containers[0].volumeMounts[0].name: Not found: \"v\"");
        }

        private List<String> problems(String spec) {
            return STRATEGY.validate(CONTEXT, created(spec)).stream()
                    .map(FieldError::toString)
                    .toList();
        }
    }

    private static JsonObject created(String spec) {
        JsonObject pod = new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("metadata", new JsonObject().put("name", "p").put("namespace", "ns"))
                .put("spec", tree(spec));
        Decoded decoded =
                ObjectDecoder.decode(pod, Schema.builtIn().type(PODS.kind()).orElseThrow());
        JsonObject next = ((Decoded.Accepted) decoded).object();
        STRATEGY.setDefaults(next);
        STRATEGY.prepareForCreate(CONTEXT, next);
        return next;
    }

    /** Reads JSON with apostrophes for quotes. */
    private static JsonObject tree(String json) {
        return (JsonObject) JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
