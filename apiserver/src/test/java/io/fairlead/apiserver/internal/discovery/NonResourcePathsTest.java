// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.SigningKey;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.status.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NonResourcePathsTest {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final Catalog BUILT_IN = Catalog.builtIn();

    private final NonResourcePaths paths = new NonResourcePaths(() -> BUILT_IN, "<server>", new SigningKey());

    @Nested
    class Discovery {
        @ParameterizedTest
        @MethodSource("io.fairlead.apiserver.internal.discovery.NonResourcePathsTest#recorded")
        void isThatOfTheOriginal(Recorded recorded) {
            JsonValue answered = JsonReader.read(content(get(recorded.path(), recorded.accept())));

            assertThat(withoutEmptyMetadata(answered)).isEqualTo(withoutEmptyMetadata(recorded.json()));
        }

        @Test
        void prefersTheAggregatedFormOverJson() {
            ApiResponse response = get("/apis", AGGREGATED + ",application/json");

            assertThat(response.headers().get("Content-Type")).containsExactly(AGGREGATED);
            assertThat(response.headers().get("Vary")).containsExactly("Accept");
            assertThat(response.headers().get("Cache-Control")).containsExactly("public");
        }

        @Test
        void saysThatTheClientHasTheDocument() {
            String tag = Objects.requireNonNull(
                            get("/api", AGGREGATED).headers().get("ETag"))
                    .getFirst();
            ApiResponse again = paths.apply(
                            request("/api", "", Map.of("accept", List.of(AGGREGATED), "if-none-match", List.of(tag))))
                    .orElseThrow();

            assertThat(again.status()).isEqualTo(304);
            assertThat(content(again)).isEmpty();
        }

        @Test
        void comesInProtobufToo() {
            Protobuf.Envelope envelope =
                    Protobuf.open(content(get("/apis/apps", "application/vnd.kubernetes.protobuf")));

            assertThat(Protobuf.decode(envelope.kind(), envelope.message()).text("name"))
                    .isEqualTo("apps");
        }

        @Test
        void doesNotOfferTheAggregatedFormOfOneGroup() {
            assertThatThrownBy(() -> get("/apis/apps", AGGREGATED))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(406));
            assertThat(get("/apis/apps", AGGREGATED + ",application/json").status())
                    .isEqualTo(200);
        }

        @Test
        void refusesVersionsThatAreNotServed() {
            assertThatThrownBy(() -> get("/apis/apps/v1beta1", ""))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(404));
            assertThat(paths.apply(request("/apis/metrics.k8s.io/v1beta1", "", Map.of())))
                    .isEmpty();
        }
    }

    @Nested
    class Healthy {
        @Test
        void isOk() {
            assertThat(text("/healthz", "")).isEqualTo("ok");
            assertThat(text("/readyz/poststarthook/rbac/bootstrap-roles", "")).isEqualTo("ok");
            assertThat(paths.apply(request("/readyz/nonsense", "", Map.of()))).isEmpty();
        }

        @Test
        void namesItsChecks() {
            assertThat(text("/readyz", "verbose&exclude=nonsense&exclude=etcd"))
                    .startsWith("[+]ping ok\n[+]log ok\n[+]etcd excluded: ok\n[+]etcd-readiness ok\n")
                    .endsWith("[+]shutdown ok\nwarn: some health checks cannot be excluded: no matches for"
                            + " \"nonsense\"\nreadyz check passed\n");
        }
    }

    @Test
    void saysWhichKubernetesItIs() {
        JsonObject version = (JsonObject) JsonReader.read(content(get("/version/", "application/json, */*")));

        assertThat(version.text("gitVersion")).isEqualTo("v1.36.3");
        assertThatThrownBy(() -> get("/version", "application/yaml")).isInstanceOf(StatusException.class);
    }

    static Stream<Recorded> recorded() {
        try (InputStream in = Objects.requireNonNull(
                        NonResourcePathsTest.class.getResourceAsStream("/io/fairlead/apiserver/discovery.jsonl.gz"));
                InputStream content = new GZIPInputStream(in)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (JsonObject) JsonReader.read(line.getBytes(StandardCharsets.UTF_8)))
                    .filter(each -> !each.text("name").equals("version"))
                    .map(each -> new Recorded(each.text("name"), Objects.requireNonNull(each.get("json"))));
        } catch (IOException e) {
            throw new UncheckedIOException("reading recorded discovery", e);
        }
    }

    record Recorded(String name, JsonValue json) {
        String path() {
            if (name.equals("root")) {
                return "/";
            }
            return "/"
                    + (name.startsWith("aggregated_") ? name.substring("aggregated_".length()) : name)
                            .replace('_', '/');
        }

        String accept() {
            return name.startsWith("aggregated_") ? AGGREGATED : "";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The recording leaves out what is empty. */
    private static JsonValue withoutEmptyMetadata(JsonValue document) {
        if (document instanceof JsonObject object
                && object.objectOrEmpty("metadata").isEmpty()) {
            object.remove("metadata");
        }
        return document;
    }

    private ApiResponse get(String path, String accept) {
        return paths.apply(request(path, "", accept.isEmpty() ? Map.of() : Map.of("accept", List.of(accept))))
                .orElseThrow();
    }

    private String text(String path, String query) {
        return new String(content(paths.apply(request(path, query, Map.of())).orElseThrow()), StandardCharsets.UTF_8);
    }

    private static ApiRequest request(String path, String query, Map<String, List<String>> headers) {
        return new ApiRequest("GET", path, query, headers, new byte[0], new ApiRequest.Peer.Anonymous());
    }

    private static byte[] content(ApiResponse response) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (response.body() instanceof ApiResponse.Body.Whole whole) {
            whole.segments().forEach(content::writeBytes);
        }
        return content.toByteArray();
    }
}
