// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse.Body;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.ApiResponse.Next;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.environment.Environment;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final ApiServer server = ApiServer.create(Environment.real(), ApiServerOptions.defaults());

    @AfterEach
    void close() {
        server.close();
    }

    private ApiResponse send(String method, String path, String body) {
        return send(method, path, Map.of(), body.getBytes(UTF_8));
    }

    private ApiResponse send(String method, String path, Map<String, List<String>> headers, byte[] body) {
        int question = path.indexOf('?');
        String query = question < 0 ? "" : path.substring(question + 1);
        return server.handle(new ApiRequest(
                method,
                question < 0 ? path : path.substring(0, question),
                query,
                headers,
                body,
                new Peer.Local("admin", Set.of("system:masters"))));
    }

    private static JsonObject json(ApiResponse response) {
        assertThat(response.body()).isInstanceOf(Body.Whole.class);
        return (JsonObject) JsonReader.read(joined(((Body.Whole) response.body()).segments()));
    }

    private static byte[] joined(List<byte[]> segments) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        segments.forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private static Chunks chunks(ApiResponse response) {
        assertThat(response.body()).isInstanceOf(Body.Stream.class);
        return ((Body.Stream) response.body()).chunks();
    }

    private static JsonObject event(Chunks chunks) {
        Next next = chunks.take();
        assertThat(next).isInstanceOf(Next.Chunk.class);
        return (JsonObject) JsonReader.read(joined(((Next.Chunk) next).segments()));
    }

    private String createdVersion(String name) {
        ApiResponse created = send("POST", CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
        assertThat(created.status()).isEqualTo(201);
        return json(created).objectOrEmpty("metadata").text("resourceVersion");
    }

    @Nested
    class InProtobuf {
        private static final Map<String, List<String>> PROTOBUF =
                Map.of("content-type", List.of("application/vnd.kubernetes.protobuf"));

        private static byte[] configMap(String members) {
            String json = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," + members + "}";
            return Protobuf.encode((JsonObject) JsonReader.read(json.getBytes(UTF_8)));
        }

        @Test
        void anObjectIsWhatItIsInJson() {
            byte[] body = configMap("\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}");

            ApiResponse created = send("POST", CONFIG_MAPS, PROTOBUF, body);

            assertThat(created.status()).isEqualTo(201);
            assertThat(json(created).text("kind")).isEqualTo("ConfigMap");
            assertThat(json(created).objectOrEmpty("data").text("k")).isEqualTo("v");
            assertThat(json(created).objectOrEmpty("metadata").objects("managedFields"))
                    .isNotEmpty();
        }

        @Test
        void oneEmptyManagerResetsTheManagers() {
            createdVersion("a");
            byte[] body = configMap("\"metadata\":{\"name\":\"a\",\"managedFields\":[{}]}");

            ApiResponse replaced = send("PUT", CONFIG_MAPS + "/a", PROTOBUF, body);

            assertThat(replaced.status()).isEqualTo(200);
            assertThat(json(replaced).objectOrEmpty("metadata").objects("managedFields"))
                    .isEmpty();
        }
    }

    @Nested
    class AConfigMap {
        @Test
        void isCreatedReadChangedListedAndDeleted() {
            ApiResponse created = send("POST", CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"y\"}}");
            assertThat(created.status()).isEqualTo(201);
            JsonObject object = json(created);
            assertThat(object.text("kind")).isEqualTo("ConfigMap");
            assertThat(object.objectOrEmpty("metadata").text("uid")).isNotEmpty();
            assertThat(json(send("GET", CONFIG_MAPS + "/a", ""))).isEqualTo(object);

            object.child("data").put("x", "z");
            ApiResponse updated = send("PUT", CONFIG_MAPS + "/a", object.toString());
            assertThat(updated.status()).isEqualTo(200);
            assertThat(send("PUT", CONFIG_MAPS + "/a", object.toString()).status())
                    .isEqualTo(409);

            JsonObject list = json(send("GET", CONFIG_MAPS, ""));
            assertThat(list.objects("items")).singleElement().satisfies(item -> {
                assertThat(item.has("kind")).isFalse();
                assertThat(item.objectOrEmpty("data").text("x")).isEqualTo("z");
            });

            assertThat(json(send("DELETE", CONFIG_MAPS + "/a", "")).text("status"))
                    .isEqualTo("Success");
            assertThat(send("GET", CONFIG_MAPS + "/a", "").status()).isEqualTo(404);
        }

        @Test
        void thatDoesNotChangeKeepsItsVersion() {
            String version = createdVersion("a");
            JsonObject same = json(send("PUT", CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\"}}"));
            assertThat(same.objectOrEmpty("metadata").text("resourceVersion")).isEqualTo(version);
        }
    }

    @Nested
    class AWatch {
        @Test
        void showsWhatIsThereAndThenWhatChanges() {
            createdVersion("a");
            Chunks chunks = chunks(send("GET", CONFIG_MAPS + "?watch=1", ""));
            assertThat(event(chunks).text("type")).isEqualTo("ADDED");
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
            AtomicInteger wakes = new AtomicInteger();
            chunks.onReady(wakes::incrementAndGet);
            send("DELETE", CONFIG_MAPS + "/a", "");
            assertThat(wakes).hasValue(1);
            assertThat(event(chunks).text("type")).isEqualTo("DELETED");
            chunks.close();
            assertThat(chunks.take()).isInstanceOf(Next.End.class);
        }

        @Test
        void ofASelectionSeesObjectsEnterAndLeave() {
            String version = createdVersion("a");
            Chunks chunks =
                    chunks(send("GET", CONFIG_MAPS + "?watch=1&labelSelector=x%3Dyes&resourceVersion=" + version, ""));
            assertThat(chunks.take()).isInstanceOf(Next.Nothing.class);
            send("PUT", CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"yes\"}}}");
            JsonObject entered = event(chunks);
            assertThat(entered.text("type")).isEqualTo("ADDED");
            send("PUT", CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"no\"}}}");
            JsonObject left = event(chunks);
            assertThat(left.text("type")).isEqualTo("DELETED");
            JsonObject metadata = left.objectOrEmpty("object").objectOrEmpty("metadata");
            assertThat(metadata.objectOrEmpty("labels").text("x")).isEqualTo("yes");
            assertThat(metadata.text("resourceVersion"))
                    .isNotEqualTo(entered.objectOrEmpty("object")
                            .objectOrEmpty("metadata")
                            .text("resourceVersion"));
            chunks.close();
        }

        @Test
        void withInitialEventsMarksTheirEnd() {
            createdVersion("a");
            Chunks chunks = chunks(send(
                    "GET",
                    CONFIG_MAPS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                            + "&allowWatchBookmarks=true",
                    ""));
            assertThat(event(chunks).text("type")).isEqualTo("ADDED");
            JsonObject bookmark = event(chunks);
            assertThat(bookmark.text("type")).isEqualTo("BOOKMARK");
            assertThat(bookmark.objectOrEmpty("object")
                            .objectOrEmpty("metadata")
                            .objectOrEmpty("annotations")
                            .text("k8s.io/initial-events-end"))
                    .isEqualTo("true");
            chunks.close();
        }
    }

    @Nested
    class AList {
        @Test
        void inPagesShowsOneRevision() {
            for (String name : List.of("a", "b", "c")) {
                createdVersion(name);
            }
            JsonObject first = json(send("GET", CONFIG_MAPS + "?limit=2", ""));
            JsonObject metadata = first.objectOrEmpty("metadata");
            assertThat(metadata.number("remainingItemCount")).isEqualTo(1);
            send("DELETE", CONFIG_MAPS + "/c", "");
            JsonObject second = json(send("GET", CONFIG_MAPS + "?limit=2&continue=" + metadata.text("continue"), ""));
            assertThat(second.objects("items"))
                    .extracting(item -> item.objectOrEmpty("metadata").text("name"))
                    .containsExactly("c");
            assertThat(second.objectOrEmpty("metadata").text("resourceVersion"))
                    .isEqualTo(metadata.text("resourceVersion"));
        }
    }

    @Nested
    class WhatEveryClusterNeeds {
        @Test
        void isNotDeleted() {
            assertThat(send("DELETE", "/api/v1/namespaces/kube-system", "").status())
                    .isEqualTo(403);
            assertThat(send("DELETE", "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical", "")
                            .status())
                    .isEqualTo(403);
        }
    }

    /** What a list that is always written says of itself depends on whether somebody set it, although it is stored the same. */
    @Test
    void anEmptyListIsOwnedByWhoeverSetsIt() {
        String path = "/api/v1/namespaces/default/limitranges";
        JsonObject set = json(send("POST", path, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"limits\":[]}}"));
        JsonObject unset = json(send("POST", path, "{\"metadata\":{\"name\":\"b\"}}"));

        assertThat(set.toString()).contains("f:limits").contains("\"limits\":null");
        assertThat(unset.toString()).doesNotContain("f:limits").contains("\"limits\":null");
    }

    @Test
    void aDryRunClaimsNoAddress() {
        JsonObject service = json(send(
                "POST",
                "/api/v1/namespaces/default/services?dryRun=All",
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":1}]}}"));

        JsonObject spec = service.objectOrEmpty("spec");
        assertThat(spec.text("clusterIP")).isEqualTo("10.0.0.0");
        assertThat(spec.objects("ports").getFirst().number("nodePort")).isEqualTo(32_768);
    }
}
