// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {
    /** Against what the original sent in both forms. */
    @ParameterizedTest
    @MethodSource("reproducible")
    void writesTheBytesOfTheOriginal(RecordedPairs.Pair pair) {
        assertThat(Protobuf.encode((JsonObject) pair.json())).isEqualTo(pair.protobuf());
    }

    @ParameterizedTest
    @MethodSource("objects")
    void readsWhatTheOriginalWrote(RecordedPairs.Pair pair) {
        Protobuf.Envelope envelope = Protobuf.open(pair.protobuf());
        JsonObject expected = (JsonObject) pair.json().deepCopy();
        // Protobuf does not say of items and of templates for claims what they are.
        expected.objects("items").forEach(ProtobufTest::forgetKind);
        expected.objectOrEmpty("spec").objects("volumeClaimTemplates").forEach(ProtobufTest::forgetKind);

        assertThat(Protobuf.decode(envelope.kind(), envelope.message())).isEqualTo(expected);
    }

    /** What the server relies on when it does not decode them again. */
    @ParameterizedTest
    @MethodSource("objects")
    void readsObjectsThatDecodingWouldNotChange(RecordedPairs.Pair pair) {
        Protobuf.Envelope envelope = Protobuf.open(pair.protobuf());
        JsonObject read = Protobuf.decode(envelope.kind(), envelope.message());
        StructType type = Schema.builtIn().type(envelope.kind()).orElseThrow();

        assertThat(ObjectDecoder.decode(read.deepCopy(), type))
                .isInstanceOfSatisfying(Decoded.Accepted.class, again -> assertThat(again.object())
                        .hasToString(read.toString()));
    }

    @ParameterizedTest
    @MethodSource("watches")
    void framesEventsAsTheOriginalDoes(RecordedPairs.Pair pair) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (JsonObject event : ((JsonArray) pair.json()).objects()) {
            frames.writeBytes(Protobuf.frame(event.text("type"), Protobuf.encode(event.objectOrEmpty("object"))));
        }

        assertThat(frames.toByteArray()).isEqualTo(pair.protobuf());
    }

    /** All but those that contain JSON with blanks or an order of members that the recording does not have. */
    static Stream<RecordedPairs.Pair> reproducible() {
        Set<String> others = Set.of(
                "core_v1_Service",
                "list_ServiceList",
                "resource.k8s.io_v1_DeviceClass",
                "resource.k8s.io_v1_ResourceClaim",
                "resource.k8s.io_v1_ResourceClaimTemplate");
        return objects()
                .filter(pair -> !pair.name().startsWith("apps_v1_ControllerRevision") && !others.contains(pair.name()));
    }

    private static void forgetKind(JsonObject object) {
        object.remove("apiVersion");
        object.remove("kind");
    }

    static Stream<RecordedPairs.Pair> objects() {
        return RecordedPairs.all().stream().filter(pair -> pair.json() instanceof JsonObject);
    }

    static Stream<RecordedPairs.Pair> watches() {
        return RecordedPairs.all().stream().filter(pair -> pair.json() instanceof JsonArray);
    }

    @Nested
    class Refusing {
        @Test
        void saysWhatIsNoProtobuf() {
            assertThatThrownBy(() -> Protobuf.open(new byte[0])).hasMessage("empty data");
            assertThatThrownBy(() -> Protobuf.open(new byte[] {'{', '}'}))
                    .hasMessageContaining("expected prefix [107 56 115 0]");
            assertThatThrownBy(() -> Protobuf.open(new byte[] {'k', '8', 's', 0}))
                    .hasMessage("empty body");
        }

        /** Whatever is cut off, the answer is a refusal or a shorter object, never another exception. */
        @ParameterizedTest
        @ValueSource(strings = {"core_v1_Pod", "apiextensions.k8s.io_v1_CustomResourceDefinition"})
        void refusesTruncatedMessages(String name) {
            RecordedPairs.Pair pair = RecordedPairs.all().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            Protobuf.Envelope envelope = Protobuf.open(pair.protobuf());
            for (int length = 0; length < envelope.message().length; length += 7) {
                byte[] cut = java.util.Arrays.copyOf(envelope.message(), length);
                try {
                    Protobuf.decode(envelope.kind(), cut);
                } catch (MalformedProtobufException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        }
    }

    @Test
    void offersBuiltInKindsButNoTables() {
        assertThat(Protobuf.offers(GroupVersionKind.of("v1", "PodList"))).isTrue();
        assertThat(Protobuf.offers(GroupVersionKind.of("meta.k8s.io/v1", "Table")))
                .isFalse();
        assertThat(Protobuf.offers(GroupVersionKind.of("example.com/v1", "Widget")))
                .isFalse();
    }
}
