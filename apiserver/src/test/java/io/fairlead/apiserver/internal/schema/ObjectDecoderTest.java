// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectDecoderTest {
    private static final Schema SCHEMA = Schema.builtIn();

    @Nested
    class Normalising {
        @Test
        void dropsWhatGoLeavesOutAndAddsWhatItAlwaysWrites() {
            assertThat(decoded(
                            "v1/Pod",
                            "{'spec':{'containers':[{'name':'a','image':'','command':[]}],'hostNetwork':false}}"))
                    .isEqualTo("{'metadata':{},'spec':{'containers':[{'name':'a','resources':{}}]},'status':{}}");
            assertThat(decoded("apps/v1/Deployment", "{'spec':{'selector':null,'template':{}}}"))
                    .isEqualTo(
                            "{'metadata':{},'spec':{'selector':null,'template':{'metadata':{},'spec':{'containers':null}},"
                                    + "'strategy':{}},'status':{}}");
        }

        @Test
        void keepsAPointerToAZeroValue() {
            assertThat(decoded("v1/ConfigMap", "{'immutable':false}")).isEqualTo("{'metadata':{},'immutable':false}");
        }

        @Test
        void sortsMapsAndOrdersFields() {
            assertThat(decoded("v1/ConfigMap", "{'data':{'b':'1','a':null},'kind':'ConfigMap','apiVersion':'v1'}"))
                    .isEqualTo("{'kind':'ConfigMap','apiVersion':'v1','metadata':{},'data':{'a':'','b':'1'}}");
        }

        @Test
        void leavesOutAZeroCreationTime() {
            assertThat(decoded("v1/Namespace", "{'metadata':{'creationTimestamp':null}}"))
                    .isEqualTo("{'metadata':{},'spec':{},'status':{}}");
        }

        @Test
        void turnsTimesToUtc() {
            assertThat(decoded("v1/ConfigMap", "{'metadata':{'creationTimestamp':'2026-01-01T02:00:00.5+02:00'}}"))
                    .isEqualTo("{'metadata':{'creationTimestamp':'2026-01-01T00:00:00Z'}}");
        }

        @Test
        void tellsAnEmptyListFromNoneWhereBothAreWritten() {
            assertThat(decoded("rbac.authorization.k8s.io/v1/Role", "{'rules':[]}"))
                    .isEqualTo("{'metadata':{},'rules':[]}");
            assertThat(decoded("rbac.authorization.k8s.io/v1/Role", "{}")).isEqualTo("{'metadata':{},'rules':null}");
        }

        @Test
        void readsSchemasOfCustomResources() {
            String schema = "{'type':'object','properties':{'a':{'items':{'type':'string'},'maximum':1.50},"
                    + "'b':{'additionalProperties':true,'default':{'z':1,'a':[]}}}}";

            assertThat(ObjectDecoder.decode(tree(schema), SCHEMA.typeNamed(Schema.JSON_SCHEMA)))
                    .isEqualTo(new Decoded.Accepted(
                            (JsonObject)
                                    tree("{'type':'object','properties':{'a':{'maximum':1.5,'items':{'type':'string'}},"
                                            + "'b':{'default':{'z':1,'a':[]},'additionalProperties':true}}}"),
                            List.of()));
        }
    }

    @Nested
    class Problems {
        @Test
        void areUnknownFieldsWithTheirWholePath() {
            assertThat(problems(
                            "apps/v1/Deployment",
                            "{'spec':{'Replicas':1,'template':{'spec':{'containers':"
                                    + "[{'env':[{'valu':1}]},{'Image':'x'}]}}},'bogus':{'deep':1}}"))
                    .containsExactly(
                            "unknown field \"spec.Replicas\"",
                            "unknown field \"spec.template.spec.containers[0].env[0].valu\"",
                            "unknown field \"spec.template.spec.containers[1].Image\"",
                            "unknown field \"bogus\"");
        }

        @Test
        void areRepeatedFieldsButNotThoseInsideOfUnknownOnes() {
            assertThat(problems(
                            "v1/ConfigMap",
                            "{'data':{'a':'1','a':'2'},'x':{'y':1,'y':2},'metadata':{'name':'a','name':'b'}}"))
                    .containsExactly(
                            "duplicate field \"data.a\"", "unknown field \"x\"", "duplicate field \"metadata.name\"");
        }

        @Test
        void beginWithThePrefix() {
            Decoded decoded = ObjectDecoder.decode(tree("{'foo':1}"), SCHEMA.objectMeta(), List.of(), "metadata");

            assertThat(((Decoded.Accepted) decoded).problems()).containsExactly("unknown field \"metadata.foo\"");
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                v1/ConfigMap | {'data':{'a':1}} | number into Go struct field ConfigMap.data of type string
                v1/ConfigMap | {'data':[]} | array into Go struct field ConfigMap.data of type map[string]string
                v1/ConfigMap | {'immutable':'x'} | string into Go struct field ConfigMap.immutable of type bool
                v1/ConfigMap | {'metadata':'x'} | string into Go struct field ConfigMap.metadata of type v1.ObjectMeta
                v1/ConfigMap | [] | array into Go value of type v1.ConfigMap
                apps/v1/Deployment | {'spec':{'replicas':3000000000}} | number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32
                apps/v1/Deployment | {'spec':{'replicas':1e1}} | number 1e1 into Go struct field DeploymentSpec.spec.replicas of type int32
                apps/v1/Deployment | {'spec':{'strategy':{'rollingUpdate':{'maxSurge':1.5}}}} | number 1.5 into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32
                v1/Pod | {'metadata':{'labels':{'a':1}}} | number into Go struct field ObjectMeta.metadata.labels of type string
                v1/Pod | {'spec':[]} | array into Go struct field Pod.spec of type v1.PodSpec
                v1/Pod | {'spec':{'containers':{}}} | object into Go struct field PodSpec.spec.containers of type []v1.Container
                v1/Pod | {'spec':{'restartPolicy':1}} | number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy
                v1/Pod | {'spec':{'containers':[{'ports':[{'containerPort':'x'}]}]}} | string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32
                v1/Service | {'spec':{'ports':[{'targetPort':{}}]}} | object into Go struct field ServicePort.spec.ports.targetPort of type int32
                v1/ServiceAccount | {'secrets':'x'} | string into Go struct field ServiceAccount.secrets of type []v1.ObjectReference
                apiextensions.k8s.io/v1/CustomResourceDefinition | {'spec':{'versions':[{'schema':{'openAPIV3Schema':{'properties':{'x':{'minimum':'a'}}}}}]}} | string into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.minimum of type float64
                """)
        void namesTheFirstValueOfAWrongType(String kind, String json, String message) {
            assertThat(refusal(kind, json)).isEqualTo("json: cannot unmarshal " + message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                textBlock =
                        """
                v1/ConfigMap | {'binaryData':{'a':'!'}} | illegal base64 data at input byte 0
                v1/Pod | {'metadata':{'creationTimestamp':'yesterday'}} | parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"
                v1/Pod | {'metadata':{'creationTimestamp':'2026-02-30T00:00:00Z'}} | parsing time "2026-02-30T00:00:00Z": day out of range
                coordination.k8s.io/v1/Lease | {'spec':{'renewTime':'2026-01-01T00:00:00Z'}} | parsing time "2026-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"
                coordination.k8s.io/v1/Lease | {'spec':{'renewTime':'2026-01-01T00:00:00.123456789Z'}} | parsing time "2026-01-01T00:00:00.123456789Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "789Z" as "Z07:00"
                v1/PersistentVolumeClaim | {'spec':{'resources':{'requests':{'storage':'x'}}}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
                """)
        void saysWhatAValueMustLookLike(String kind, String json, String message) {
            assertThat(refusal(kind, json)).isEqualTo(message);
        }

        @Test
        void tellsWhatAQuantityRefusesEvenAfterAnotherError() {
            assertThat(refusal("v1/Pod", "{'spec':{'hostNetwork':'x','overhead':{'cpu':'?'}}}"))
                    .startsWith("quantities must match");
        }
    }

    /** What the original answers is what its own decoding and encoding leave as it is. */
    @ParameterizedTest
    @MethodSource("recordedObjects")
    void leavesAnswersOfTheOriginalAsTheyAre(Recorded recorded) {
        Decoded decoded = ObjectDecoder.decode(recorded.json.deepCopy(), recorded.type());

        assertThat(decoded).isEqualTo(new Decoded.Accepted(recorded.json, List.of()));
    }

    static Stream<Recorded> recordedObjects() {
        List<Recorded> objects = new ArrayList<>();
        for (RecordedPairs.Pair pair : RecordedPairs.all()) {
            if (pair.json() instanceof JsonObject object && !pair.name().startsWith("discovery")) {
                objects.add(new Recorded(pair.name(), object));
            }
        }
        return objects.stream();
    }

    record Recorded(String name, JsonObject json) {
        StructType type() {
            return SCHEMA.type(GroupVersionKind.of(json.text("apiVersion"), json.text("kind")))
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static JsonValue tree(String json) {
        return JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Decoded decode(String kind, String json) {
        int slash = kind.lastIndexOf('/');
        StructType type = SCHEMA.type(GroupVersionKind.of(kind.substring(0, slash), kind.substring(slash + 1)))
                .orElseThrow();
        List<String> duplicates = new ArrayList<>();
        JsonValue tree = JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), duplicates::add);
        return ObjectDecoder.decode(tree, type, duplicates, "");
    }

    private static String decoded(String kind, String json) {
        return JsonWriter.text(((Decoded.Accepted) decode(kind, json)).object()).replace('"', '\'');
    }

    private static List<String> problems(String kind, String json) {
        return ((Decoded.Accepted) decode(kind, json)).problems();
    }

    private static String refusal(String kind, String json) {
        return ((Decoded.Refused) decode(kind, json)).message();
    }
}
