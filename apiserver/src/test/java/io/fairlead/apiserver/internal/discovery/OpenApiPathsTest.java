// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenApiPathsTest {
    private final OpenApiPaths paths = new OpenApiPaths(Catalog.builtIn(), new Descriptions(List.of()), "test");

    @Test
    void namesInItsIndexWhatItThenAnswers() {
        String address = address("apis/apps/v1");
        ApiResponse document = get(address, Map.of("accept", "application/json"));

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.headers().get("Cache-Control")).containsExactly("public, immutable");
        assertThat(json(document).text("openapi")).isEqualTo("3.0.0");
    }

    @Test
    void redirectsFromAHashThatIsNoLongerRight() {
        ApiResponse moved = get("/openapi/v3/apis/apps/v1?hash=nonsense", Map.of());

        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.headers().get("Location")).containsExactly(address("apis/apps/v1"));
    }

    @Test
    void saysThatTheClientHasTheDocument() {
        ApiResponse first = get("/openapi/v3/version", Map.of());
        String tag = Objects.requireNonNull(first.headers().get("ETag")).getFirst();

        assertThat(get("/openapi/v3/version", Map.of("if-none-match", tag)).status())
                .isEqualTo(304);
        assertThat(get("/openapi/v2", Map.of("if-none-match", tag)).status()).isEqualTo(200);
    }

    @Test
    void hasNoOtherForms() {
        assertThat(get("/openapi/v3/apis/apps/v1", Map.of("accept", "text/html"))
                        .status())
                .isEqualTo(406);
        assertThat(get("/openapi/v3/apis/apps/v1", Map.of("accept", "*/*")).status())
                .isEqualTo(406);
        assertThat(get("/openapi/v3/apis/nonsense/v1", Map.of()).status()).isEqualTo(404);
    }

    private String address(String name) {
        return json(get("/openapi/v3", Map.of("accept", "application/json, */*")))
                .objectOrEmpty("paths")
                .objectOrEmpty(name)
                .text("serverRelativeURL");
    }

    private ApiResponse get(String address, Map<String, String> headers) {
        int question = address.indexOf('?');
        String path = question < 0 ? address : address.substring(0, question);
        String query = question < 0 ? "" : address.substring(question + 1);
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return paths.answer(new ApiRequest("GET", path, query, all, new byte[0], new ApiRequest.Peer.Anonymous()))
                .orElseThrow();
    }

    private static JsonObject json(ApiResponse response) {
        return (JsonObject) JsonReader.read(
                ((ApiResponse.Body.Whole) response.body()).segments().getFirst());
    }
}
