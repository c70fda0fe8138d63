// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PodTemplateTest {
    private static final String SPEC = "{\"containers\":[{\"name\":\"a\",\"image\":\"i:1\",\"resources\":{}}]}";

    @Nested
    class IsTheSame {
        @Test
        void withAnotherHashLabel() throws IOException {
            assertThat(template("{\"labels\":{\"app\":\"web\"}}", SPEC)
                            .sameButForHash(
                                    template("{\"labels\":{\"app\":\"web\",\"pod-template-hash\":\"x\"}}", SPEC)))
                    .isTrue();
        }

        @Test
        void withFieldsInAnotherOrderAndNullsLeftOut() throws IOException {
            String other =
                    "{\"containers\": [{\"image\": \"i:1\", \"resources\": {}, \"name\": \"a\"}], \"volumes\": null}";

            assertThat(template("{}", SPEC).sameButForHash(template("{\"creationTimestamp\":null}", other)))
                    .isTrue();
            assertThat(template("{}", SPEC).hash(0))
                    .isEqualTo(template("{}", other).hash(0));
        }
    }

    @Nested
    class IsAnother {
        @Test
        void withAnEmptyObjectInsteadOfNone() throws IOException {
            assertThat(template("{}", "{\"a\":{\"namespaceSelector\":{}}}")
                            .sameButForHash(template("{}", "{\"a\":{}}")))
                    .isFalse();
        }

        @Test
        void withAnotherLabelOrAnnotation() throws IOException {
            assertThat(template("{\"labels\":{\"app\":\"web\"}}", SPEC)
                            .sameButForHash(template("{\"labels\":{\"app\":\"db\"}}", SPEC)))
                    .isFalse();
            assertThat(template("{}", SPEC).sameButForHash(template("{\"annotations\":{\"restarted\":\"now\"}}", SPEC)))
                    .isFalse();
        }

        @Test
        void withAnotherImage() throws IOException {
            assertThat(template("{}", SPEC).sameButForHash(template("{}", SPEC.replace("i:1", "i:2"))))
                    .isFalse();
        }
    }

    @Test
    void hashesToAnotherNameAfterEachCollision() throws IOException {
        PodTemplate template = template("{\"labels\":{\"app\":\"web\"}}", SPEC);

        assertThat(template.hash(0)).isNotEqualTo(template.hash(1)).matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}");
        assertThat(template.hash(1)).isNotEqualTo(template.hash(2));
    }

    @Test
    void hashesTheSameWithItsOwnHashLabel() throws IOException {
        assertThat(template("{\"labels\":{\"app\":\"web\",\"pod-template-hash\":\"x\"}}", SPEC)
                        .hash(0))
                .isEqualTo(template("{\"labels\":{\"app\":\"web\"}}", SPEC).hash(0));
    }

    private static PodTemplate template(String metadata, String spec) throws IOException {
        byte[] json = ("{\"metadata\":" + metadata + ",\"spec\":" + spec + "}").getBytes(UTF_8);
        try (JsonCursor cursor = JsonCursor.of(json)) {
            return PodTemplate.read(cursor);
        }
    }
}
