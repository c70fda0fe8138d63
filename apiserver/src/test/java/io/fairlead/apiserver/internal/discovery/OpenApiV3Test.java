// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiV3Test {
    private static final OpenApiV3 DOCUMENTS = new OpenApiV3(Catalog.builtIn(), new Descriptions(List.of()));

    /** The recording has no prose. */
    @ParameterizedTest
    @MethodSource("recorded")
    void isThatOfTheOriginal(Recorded recorded) {
        JsonValue actual = Difference.withoutProse(DOCUMENTS.document(recorded.path()));

        assertThat(Difference.between(recorded.json, actual)).isEmpty();
    }

    @Test
    void hasDocumentsForEveryGroupVersion() {
        assertThat(recorded().map(Recorded::path)).containsExactlyInAnyOrderElementsOf(DOCUMENTS.names());
    }

    @Test
    void showsDescriptions() {
        Descriptions descriptions =
                new Descriptions(List.of("api/apps/v1.Deployment It deploys.", " spec What is wanted."));
        JsonObject deployment = new OpenApiV3(Catalog.builtIn(), descriptions)
                .document("apis/apps/v1")
                .objectOrEmpty("components")
                .objectOrEmpty("schemas")
                .objectOrEmpty("io.k8s.api.apps.v1.Deployment");

        assertThat(deployment.text("description")).isEqualTo("It deploys.");
        assertThat(deployment.objectOrEmpty("properties").objectOrEmpty("spec").text("description"))
                .isEqualTo("What is wanted.");
    }

    record Recorded(String name, JsonValue json) {
        String path() {
            return name.replace('_', '/');
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recorded> recorded() {
        try (InputStream in = Objects.requireNonNull(
                        OpenApiV3Test.class.getResourceAsStream("/io/fairlead/apiserver/openapi-v3.jsonl.gz"));
                InputStream content = new GZIPInputStream(in)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (JsonObject) JsonReader.read(line.getBytes(StandardCharsets.UTF_8)))
                    .map(each -> new Recorded(each.text("name"), Objects.requireNonNull(each.get("json"))));
        } catch (IOException e) {
            throw new UncheckedIOException("reading recorded OpenAPI", e);
        }
    }
}
