// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class OpenApiV2Test {
    @Test
    void isThatOfTheOriginal() {
        JsonObject expected = recorded();
        withParametersInPlace(expected.objectOrEmpty("paths"), expected.objectOrEmpty("parameters"));
        expected.remove("parameters");
        JsonObject actual = (JsonObject)
                Difference.withoutProse(OpenApiV2.document(Catalog.builtIn(), new Descriptions(List.of())));
        // The original counts groups that it neither serves nor has in its client.
        for (String everywhere : List.of("DeleteOptions", "WatchEvent")) {
            for (JsonObject document : List.of(expected, actual)) {
                document.child("definitions")
                        .child("io.k8s.apimachinery.pkg.apis.meta.v1." + everywhere)
                        .remove("x-kubernetes-group-version-kind");
            }
        }

        assertThat(Difference.between(sorted(expected), sorted(actual))).isEmpty();
    }

    private static void withParametersInPlace(JsonValue value, JsonObject shared) {
        if (value instanceof JsonObject object) {
            object.forEach((name, member) -> withParametersInPlace(member, shared));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                String reference = array.object(i).text("$ref");
                if (reference.startsWith("#/parameters/")) {
                    array.set(i, Objects.requireNonNull(shared.get(reference.substring("#/parameters/".length()))));
                } else {
                    withParametersInPlace(array.get(i), shared);
                }
            }
        }
    }

    /** Parameters in one order: what they are called does not say in which order they come. */
    private static JsonValue sorted(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (String name : object.names()) {
                JsonValue member = sorted(Objects.requireNonNull(object.get(name)));
                if (name.equals("parameters") && member instanceof JsonArray array) {
                    List<JsonObject> parameters = new ArrayList<>(array.objects());
                    parameters.sort(Comparator.comparing(each -> each.text("name") + each.text("in")));
                    object.put(name, JsonArray.of(parameters));
                }
            }
        } else if (value instanceof JsonArray array) {
            array.forEach(OpenApiV2Test::sorted);
        }
        return value;
    }

    private static JsonObject recorded() {
        try (InputStream in = Objects.requireNonNull(
                        OpenApiV2Test.class.getResourceAsStream("/io/fairlead/apiserver/openapi-v2.json.gz"));
                InputStream content = new GZIPInputStream(in)) {
            return (JsonObject) JsonReader.read(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading recorded OpenAPI", e);
        }
    }
}
