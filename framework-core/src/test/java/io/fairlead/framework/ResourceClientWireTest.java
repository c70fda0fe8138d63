// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ResourceClientWireTest {
    private static final ObjectKey A = ObjectKey.of("default", "a");

    private final ScriptedServer server = new ScriptedServer();
    private final ResourceClient pods = new ApiResources(
            ApiConnection.of(server.client(), Environment.real()), ResourceType.PODS, "kube-controller-manager");

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String sent(Write write) throws InterruptedException {
        server.thenBody(200, Json.pod("a", 5));
        pods.send(write).orThrow();
        return server.requests().getLast();
    }

    @Nested
    class Requests {
        @Test
        void sayWhatIsToBeDone() throws InterruptedException {
            byte[] body = Json.bytes("{'x':1}");
            String manager = "?fieldManager=kube-controller-manager";
            assertThat(sent(Write.create("default", body)))
                    .isEqualTo("POST /api/v1/namespaces/default/pods" + manager + " {\"x\":1}");
            assertThat(sent(Write.update(A, body).onStatus()))
                    .isEqualTo("PUT /api/v1/namespaces/default/pods/a/status" + manager + " {\"x\":1}");
            assertThat(sent(Write.patch(Write.Verb.PATCH_MERGE, A, body).dryRunOnly()))
                    .isEqualTo("PATCH /api/v1/namespaces/default/pods/a" + manager + "&dryRun=All {\"x\":1}");
            assertThat(sent(Write.patch(Write.Verb.APPLY_FORCED, A, body).byFieldManager("me")))
                    .isEqualTo("PATCH /api/v1/namespaces/default/pods/a?fieldManager=me&force=true {\"x\":1}");
        }

        @Test
        void bindPods() throws InterruptedException {
            assertThat(sent(Write.bind(A, "u1", "node-0")))
                    .isEqualTo("POST /api/v1/namespaces/default/pods/a/binding?fieldManager=kube-controller-manager "
                            + Json.of(
                                    "{'apiVersion':'v1','kind':'Binding','metadata':{'name':'a','namespace':'default',"
                                            + "'uid':'u1'},'target':{'kind':'Node','name':'node-0'}}"));
        }

        @Test
        void deleteWithConditions() throws InterruptedException {
            assertThat(sent(Write.delete(A)))
                    .isEqualTo("DELETE /api/v1/namespaces/default/pods/a "
                            + Json.of("{'kind':'DeleteOptions','apiVersion':'v1'}"));
            assertThat(sent(Write.delete(A)
                            .ifUid("u1")
                            .ifResourceVersion("7")
                            .withGraceSeconds(0)
                            .propagating(Write.Propagation.FOREGROUND)
                            .dryRunOnly()))
                    .isEqualTo("DELETE /api/v1/namespaces/default/pods/a "
                            + Json.of("{'kind':'DeleteOptions','apiVersion':'v1','gracePeriodSeconds':0,"
                                    + "'preconditions':{'uid':'u1','resourceVersion':'7'},'propagationPolicy':'Foreground',"
                                    + "'dryRun':['All']}"));
        }

        @Test
        void readOnlyWhatIsAPatch() {
            assertThatThrownBy(() -> Write.patch(Write.Verb.DELETE, A, JsonNodeFactory.instance.objectNode()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Answers {
        private Answer answered(int code, String reason) throws InterruptedException {
            server.thenStatus(code, reason);
            return pods.get(A);
        }

        @Test
        void sayWhyNot() throws InterruptedException {
            assertThat(answered(404, "NotFound")).isInstanceOf(Answer.NotFound.class);
            assertThat(answered(409, "AlreadyExists")).isInstanceOf(Answer.AlreadyExists.class);
            assertThat(answered(409, "Conflict")).isInstanceOf(Answer.Conflict.class);
            assertThat(answered(422, "Invalid")).isInstanceOf(Answer.Invalid.class);
            assertThat(answered(403, "Forbidden")).isInstanceOf(Answer.Forbidden.class);
            assertThat(answered(429, "TooManyRequests")).isInstanceOf(Answer.TooManyRequests.class);
            assertThat(answered(400, "BadRequest")).isInstanceOfSatisfying(Answer.Rejected.class, rejected -> {
                assertThat(rejected.status().reason()).isEqualTo("BadRequest");
                assertThat(rejected.status().message()).isEqualTo("no: BadRequest");
            });
        }

        @Test
        void keepCauses() throws InterruptedException {
            server.thenBody(
                    403,
                    Json.of("{'kind':'Status','code':403,'reason':'Forbidden','message':'m','details':{'causes':["
                            + "{'reason':'NamespaceTerminating','message':'x','field':'metadata.namespace'}]}}"));
            assertThat(pods.get(A)).isInstanceOfSatisfying(Answer.Forbidden.class, answer -> assertThat(
                            answer.status().hasCause("NamespaceTerminating"))
                    .isTrue());
        }

        @Test
        void ofSomethingElseThanTheServerAreTakenAsTheyAre() throws InterruptedException {
            server.thenBody(404, "<html>not here</html>");
            assertThat(pods.get(A)).isInstanceOfSatisfying(Answer.NotFound.class, answer -> assertThat(
                            answer.status().message())
                    .contains("not here"));
        }

        @Test
        void canBeDemanded() {
            assertThatThrownBy(() -> answered(404, "NotFound").orThrow())
                    .isInstanceOf(ApiRefusedException.class)
                    .hasMessage("no: NotFound");
        }

        @Test
        void thatAreFaultsOfTheServerAreThrown() {
            assertThatThrownBy(() -> answered(500, "InternalError"))
                    .isInstanceOf(ApiUnreachableException.class)
                    .hasMessageContaining("GET")
                    .hasMessageContaining("/pods/a");
        }

        @Test
        void areWaitedForWhenTheServerIsOverloaded() throws InterruptedException {
            server.then(new MockResponse()
                            .setResponseCode(429)
                            .setHeader("Retry-After", "1")
                            .setBody(Json.status(429, "TooManyRequests")))
                    .thenBody(200, Json.pod("a", 5));

            assertThat(pods.get(A).orThrow().metadata().resourceVersion()).isEqualTo("5");
        }

        @Test
        void toEvictionsAreNotWaitedFor() throws InterruptedException {
            server.then(new MockResponse()
                    .setResponseCode(429)
                    .setHeader("Retry-After", "10")
                    .setBody(Json.status(429, "TooManyRequests")));

            assertThat(pods.send(Write.create("default", Json.bytes("{}")).onSubresource("eviction")))
                    .isInstanceOf(Answer.TooManyRequests.class);
        }

        @Test
        void ofManyWritesAreWaitedForTogether() throws InterruptedException {
            List<Call<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                server.thenBody(201, Json.pod("p" + i, 10 + i));
            }
            for (int i = 0; i < 5; i++) {
                calls.add(pods.start(Write.create("default", Json.bytes("{}"))));
            }
            List<String> names = new ArrayList<>();
            for (Call<Answer> call : calls) {
                names.add(call.await().orThrow().metadata().name());
            }

            assertThat(names).containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
        }
    }

    @Test
    void listsAllPages() throws InterruptedException {
        String page = "{\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"%s\"},\"items\":[%s]}";
        server.thenBody(200, page.formatted("more", Json.pod("a", 3)))
                .thenBody(200, page.formatted("", Json.pod("b", 4)));

        assertThat(pods.list(Selection.ALL.inNamespace("default"), Projection.metadata()))
                .extracting(ObjectMetadata::name)
                .containsExactly("a", "b");
    }

    @Test
    void aServerThatIsGoneIsUnreachable() throws IOException {
        server.close();

        assertThatThrownBy(() -> pods.get(A)).isInstanceOf(ApiUnreachableException.class);
    }
}
