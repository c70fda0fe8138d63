// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with kubectl, done with the real one. Each test has a namespace of its own. */
@Tag("kubectl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlTest {
    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              replicas: %d
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: app, image: "registry.example/app:%d"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80}]
            """;

    private final AtomicInteger namespaces = new AtomicInteger();
    private UpFixture up;
    private Kubectl kubectl;
    private String namespace = "";

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException, IOException {
        up = UpFixture.start(folder, "up", "--nodes", "3");
        kubectl = up.kubectl();
    }

    @AfterAll
    void stop() throws InterruptedException {
        assertThat(up.stop()).isZero();
    }

    @BeforeEach
    void createNamespace() {
        namespace = "test-" + namespaces.incrementAndGet();
        assertThat(kubectl.run("create", "namespace", namespace)).isEqualTo("namespace/" + namespace + " created\n");
        kubectl.run("config", "set-context", "--current", "--namespace", namespace);
    }

    @Nested
    class Creating {
        @Test
        void aDeploymentMakesPodsRun() {
            assertThat(kubectl.run("create", "deployment", "web", "--image=registry.example/app:1", "--replicas=3"))
                    .isEqualTo("deployment.apps/web created\n");

            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");

            assertThat(kubectl.run("get", "pods", "--no-headers"))
                    .hasLineCount(3)
                    .matches("(?s)(web-\\S+ +1/1 +Running +0 +\\d+s\\s+)+");
        }

        @Test
        void aPodRunsIt() {
            kubectl.run("run", "a", "--image=registry.example/app:1", "--labels=app=a", "--port=80");

            assertThat(kubectl.run("wait", "--for=condition=Ready", "pod/a", "--timeout=30s"))
                    .isEqualTo("pod/a condition met\n");
        }

        @Test
        void configMapsAndSecretsKeepsWhatWasGiven() {
            kubectl.run("create", "configmap", "c", "--from-literal=a=1", "--from-literal=b=2");
            kubectl.run("create", "secret", "generic", "s", "--from-literal=p=geheim");

            assertThat(kubectl.run("get", "cm", "c", "-o", "jsonpath={.data}")).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
            assertThat(kubectl.run("get", "secret", "s", "-o", "jsonpath={.data.p}"))
                    .isEqualTo("Z2VoZWlt");
            assertThat(kubectl.run("get", "secret", "s", "--no-headers")).matches("s +Opaque +1 +\\d+s\n");
        }

        @Test
        void theSameNameTwiceIsRefused() {
            kubectl.run("create", "configmap", "c");

            Kubectl.Result again = kubectl.attempt("create", "configmap", "c");

            assertThat(again.code()).isEqualTo(1);
            assertThat(again.err()).isEqualTo("error: failed to create configmap: configmaps \"c\" already exists\n");
        }

        @Test
        void exposingGivesADeploymentAnAddress() {
            kubectl.run("create", "deployment", "web", "--image=registry.example/app:1");

            kubectl.run("expose", "deployment", "web", "--port=80", "--target-port=8080");

            assertThat(kubectl.run("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}"))
                    .startsWith("10.");
            assertThat(kubectl.run("get", "service", "web", "-o", "jsonpath={.spec.selector.app}"))
                    .isEqualTo("web");
        }
    }

    @Nested
    class Applying {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void createsThenChangesOnlyWhatDiffers(boolean serverSide) {
            String mode = "--server-side=" + serverSide;
            String file = kubectl.file("web.yaml", WEB.formatted(2, 1));

            assertThat(kubectl.run("apply", mode, "-f", file))
                    .contains(serverSide ? "deployment.apps/web serverside-applied" : "deployment.apps/web created");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("apply", mode, "-f", file))
                    .contains(serverSide ? "service/web serverside-applied" : "service/web unchanged");
            kubectl.file("web.yaml", WEB.formatted(3, 2));
            assertThat(kubectl.run("apply", mode, "-f", file))
                    .contains(serverSide ? "deployment.apps/web serverside-applied" : "deployment.apps/web configured");

            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("get", "deployment", "web", "-o", "jsonpath={.status.availableReplicas}"))
                    .isEqualTo("3");
        }

        @Test
        void aDryRunChangesNothing() {
            String file = kubectl.file("web.yaml", WEB.formatted(2, 1));

            assertThat(kubectl.run("apply", "--dry-run=server", "-f", file))
                    .contains("deployment.apps/web created (server dry run)");

            assertThat(kubectl.attempt("get", "deployment", "web").err()).contains("NotFound");
        }

        @Test
        void fieldsOfAnotherManagerAreAConflict() {
            String file = kubectl.file("web.yaml", WEB.formatted(2, 1));
            kubectl.run("apply", "--server-side", "-f", file);
            kubectl.run(
                    "apply",
                    "--server-side",
                    "--field-manager=other",
                    "--force-conflicts",
                    "-f",
                    kubectl.file("other.yaml", WEB.formatted(4, 1)));

            Kubectl.Result refused = kubectl.attempt("apply", "--server-side", "-f", file);

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("conflict with \"other\": .spec.replicas");
        }
    }

    @Nested
    class Getting {
        @BeforeEach
        void roll() {
            kubectl.run("create", "deployment", "web", "--image=registry.example/app:1", "--replicas=2");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
        }

        @Test
        void showsTables() {
            assertThat(kubectl.run("get", "deployment"))
                    .matches("NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2/2 +2 +2 +\\d+s\n");
            assertThat(kubectl.run("get", "pods", "-o", "wide"))
                    .containsPattern("NAME .* IP +NODE +NOMINATED NODE +READINESS GATES")
                    .containsPattern("Running +0 +\\d+s +10\\.\\S+ +node-\\d +<none> +<none>");
            assertThat(kubectl.run("get", "nodes")).containsPattern("node-0 +Ready +<none> +\\d+s +v1\\.36");
        }

        @Test
        void showsEverythingOfANamespace() {
            assertThat(kubectl.run("get", "all")).contains("pod/web-", "deployment.apps/web", "replicaset.apps/web-");
        }

        @Test
        void showsObjectsWhole() {
            assertThat(kubectl.run("get", "deployment", "web", "-o", "yaml"))
                    .startsWith("apiVersion: apps/v1\nkind: Deployment\n")
                    .contains("progressDeadlineSeconds: 600", "type: Available");
            assertThat(kubectl.run("get", "deployment", "web", "-o", "json"))
                    .contains("\"kind\": \"Deployment\"", "\"revisionHistoryLimit\": 10");
        }

        @Test
        void selectsByLabelAndField() {
            kubectl.run("run", "other", "--image=registry.example/app:1");

            assertThat(kubectl.run("get", "pods", "-l", "app=web", "-o", "name"))
                    .hasLineCount(2);
            assertThat(kubectl.run("get", "pods", "-l", "app!=web", "-o", "name"))
                    .isEqualTo("pod/other\n");
            assertThat(kubectl.run("get", "pods", "--field-selector=metadata.name=other", "-o", "name"))
                    .isEqualTo("pod/other\n");
            assertThat(kubectl.run("get", "pods", "-A", "--no-headers")).contains(namespace + " ");
        }

        @Test
        void watchesWhatChanges() throws InterruptedException {
            String seen = "jsonpath={.metadata.name} {.metadata.annotations.seen}{\"\\n\"}";
            try (Kubectl.Running watch = kubectl.start("get", "deployment", "web", "-w", "-o", seen)) {
                watch.await("web $");
                kubectl.run("annotate", "deployment/web", "seen=yes");
                watch.await("web yes$");
            }
            try (Kubectl.Running watch = kubectl.start("get", "pods", "-w", "--no-headers", "--show-labels")) {
                watch.await("web-.* app=web,");
                kubectl.run("run", "a", "--image=registry.example/app:1", "--labels=app=a");
                watch.await("a +1/1 +Running +0 +\\d+s +app=a$");
                kubectl.run("delete", "pod", "a", "--wait=false");
                watch.await("a +1/1 +Terminating ");
            }
        }

        /** Events are written after what they tell of, by whoever did it. */
        private void awaitEvents() throws InterruptedException {
            try (Kubectl.Running watch = kubectl.start("get", "events", "-w", "--no-headers")) {
                watch.await(".* ScalingReplicaSet +deployment/web ");
                watch.await(".* SuccessfulCreate +replicaset/web-");
                watch.await(".* Scheduled +pod/web-");
            }
        }

        @Test
        void describesWhatIsThere() throws InterruptedException {
            awaitEvents();

            assertThat(kubectl.run("describe", "deployment", "web"))
                    .contains("2 desired | 2 updated | 2 total | 2 available | 0 unavailable", "ScalingReplicaSet");
            assertThat(kubectl.run("describe", "pods", "--show-events"))
                    .contains("Controlled By:  ReplicaSet/web-", "Successfully assigned " + namespace + "/web-");
            assertThat(kubectl.run("describe", "node", "node-0"))
                    .contains("Allocated resources:", "Non-terminated Pods:");
        }

        @Test
        void tellsWhatHappened() throws InterruptedException {
            awaitEvents();

            assertThat(kubectl.run("get", "events"))
                    .contains("ScalingReplicaSet", "SuccessfulCreate", "Scheduled")
                    .contains("Scaled up replica set web-");
        }

        @Test
        void saysWhatIsNotThere() {
            Kubectl.Result missing = kubectl.attempt("get", "pod", "nosuch");

            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.err()).isEqualTo("Error from server (NotFound): pods \"nosuch\" not found\n");
        }
    }

    @Nested
    class Rolling {
        @BeforeEach
        void roll() {
            kubectl.run("create", "deployment", "web", "--image=registry.example/app:1", "--replicas=2");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
        }

        @Test
        void scalesUpAndDown() {
            kubectl.run("scale", "deployment/web", "--replicas=5");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("get", "deployment", "web", "--no-headers")).matches("web +5/5 +5 +5 +\\S+\n");

            kubectl.run("scale", "deployment/web", "--replicas=1", "--current-replicas=5");
            kubectl.run("wait", "--for=jsonpath={.status.replicas}=1", "deployment/web", "--timeout=30s");
        }

        @Test
        void goesForwardAndBack() {
            kubectl.run("set", "image", "deployment/web", "app=registry.example/app:2");
            assertThat(kubectl.run("rollout", "status", "deployment/web", "--timeout=30s"))
                    .contains("deployment \"web\" successfully rolled out");
            kubectl.run("set", "image", "deployment/web", "app=registry.example/app:3");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("rollout", "history", "deployment/web")).contains("1 ", "2 ", "3 ");

            kubectl.run("rollout", "undo", "deployment/web", "--to-revision=1");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");

            assertThat(image()).isEqualTo("registry.example/app:1");
            assertThat(kubectl.run("rollout", "history", "deployment/web", "--revision=4"))
                    .contains("registry.example/app:1");
        }

        @Test
        void holdsWhilePaused() {
            kubectl.run("rollout", "pause", "deployment/web");
            kubectl.run("set", "image", "deployment/web", "app=registry.example/app:2");
            kubectl.run("wait", "--for=condition=Progressing=Unknown", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("get", "replicasets", "-o", "name")).hasLineCount(1);

            kubectl.run("rollout", "resume", "deployment/web");

            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
            assertThat(kubectl.run("get", "replicasets", "-o", "name")).hasLineCount(2);
        }

        @Test
        void restarts() {
            kubectl.run("rollout", "restart", "deployment/web");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");

            assertThat(kubectl.run("get", "replicasets", "-o", "name")).hasLineCount(2);
        }

        private String image() {
            return kubectl.run("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}");
        }
    }

    @Nested
    class Changing {
        @BeforeEach
        void create() {
            kubectl.run("create", "deployment", "web", "--image=registry.example/app:1", "--replicas=1");
        }

        @Test
        void labelsAndAnnotations() {
            kubectl.run("label", "deployment/web", "tier=front");
            kubectl.run("annotate", "deployment/web", "note=hello");
            kubectl.run("label", "deployment/web", "tier=back", "--overwrite");
            kubectl.run("annotate", "deployment/web", "note-");

            assertThat(kubectl.run(
                            "get",
                            "deployment",
                            "web",
                            "-o",
                            "jsonpath={.metadata.labels.tier} {.metadata.annotations.note}"))
                    .isEqualTo("back ");
            assertThat(kubectl.attempt("label", "deployment/web", "tier=front").err())
                    .contains("'tier' already has a value (back), and --overwrite is false");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "strategic|{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"registry.example/app:9\"}]}}}}",
                    "merge|{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"registry.example/app:9\"}]}}}}",
                    "json|[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\",\"value\":\"registry.example/app:9\"}]"
                })
        void patchesOfEachType(String typeAndPatch) {
            String[] parts = typeAndPatch.split("\\|", 2);

            assertThat(kubectl.run("patch", "deployment", "web", "--type", parts[0], "-p", parts[1]))
                    .isEqualTo("deployment.apps/web patched\n");

            assertThat(kubectl.run(
                            "get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                    .isEqualTo("registry.example/app:9");
        }
    }

    @Nested
    class Deleting {
        @BeforeEach
        void roll() {
            kubectl.run("create", "deployment", "web", "--image=registry.example/app:1", "--replicas=2");
            kubectl.run("rollout", "status", "deployment/web", "--timeout=30s");
        }

        @ParameterizedTest
        @ValueSource(strings = {"background", "foreground"})
        void takesWhatBelongsToIt(String cascade) {
            kubectl.run("delete", "deployment", "web", "--cascade=" + cascade, "--timeout=30s");

            kubectl.run("wait", "--for=delete", "replicasets,pods", "-l", "app=web", "--timeout=30s");
            assertThat(kubectl.run("get", "pods,replicasets", "-o", "name")).isEmpty();
        }

        @Test
        void leavesOrphansIfAsked() {
            kubectl.run("delete", "deployment", "web", "--cascade=orphan", "--timeout=30s");

            assertThat(kubectl.run("get", "replicasets", "-o", "jsonpath={.items[*].metadata.ownerReferences}"))
                    .isEmpty();
            assertThat(kubectl.run("get", "pods", "-o", "name")).hasLineCount(2);
        }

        @Test
        void takesAPodAtOnceIfForced() {
            kubectl.run("run", "a", "--image=registry.example/app:1");
            kubectl.run("wait", "--for=condition=Ready", "pod/a", "--timeout=30s");

            assertThat(kubectl.run("delete", "pod", "a", "--force")).contains("pod \"a\" force deleted");
            assertThat(kubectl.attempt("get", "pod", "a").code()).isEqualTo(1);
        }

        @Test
        void aNamespaceTakesEverythingInIt() {
            kubectl.run("delete", "namespace", namespace, "--timeout=60s");

            assertThat(kubectl.attempt("get", "namespace", namespace).err()).contains("not found");
        }
    }

    @Nested
    class Learning {
        @Test
        void explainsFieldsWithDescriptions() {
            String text = kubectl.run("explain", "deployment.spec.strategy.rollingUpdate.maxSurge");

            assertThat(text).contains("KIND:       Deployment", "FIELD: maxSurge <IntOrString>", "DESCRIPTION:");
            assertThat(text.substring(text.indexOf("DESCRIPTION:"))).hasSizeGreaterThan(200);
        }

        @Test
        void explainsAFieldAndThenItsType() {
            String text = kubectl.run("explain", "deployment.spec.strategy").replaceAll("\\s+", " ");

            assertThat(text)
                    .contains("FIELD: strategy <DeploymentStrategy> DESCRIPTION: The deployment strategy to use")
                    .containsOnlyOnce("DeploymentStrategy describes how");
        }

        @Test
        void explainsByTheOlderDocumentToo() {
            assertThat(kubectl.run("explain", "deployment.spec.strategy", "--output=plaintext-openapiv2"))
                    .contains("KIND:     Deployment", "RESOURCE: strategy <Object>", "rollingUpdate")
                    .contains("The deployment strategy to use");
        }

        @Test
        void saysThatThereIsNoSuchKind() {
            String file = kubectl.file("nope.yaml", "apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n");

            assertThat(kubectl.attempt("apply", "-f", file).err())
                    .contains(
                            "resource mapping not found for name: \"x\"",
                            "no matches for kind \"Nope\" in version \"v1\"");
        }

        @Test
        void listsResources() {
            assertThat(kubectl.run("api-resources"))
                    .containsPattern("deployments +deploy +apps/v1 +true +Deployment")
                    .containsPattern("nodes +no +v1 +false +Node");
            assertThat(kubectl.run("api-versions")).contains("apps/v1\n", "batch/v1\n");
            assertThat(kubectl.run("version")).contains("Server Version: v1.36.3");
        }

        @Test
        void findsADefaultServiceAccountAndTheAuthoritysCertificate() {
            kubectl.run("wait", "--for=create", "serviceaccount/default", "--timeout=30s");
            kubectl.run("wait", "--for=create", "configmap/kube-root-ca.crt", "--timeout=30s");

            assertThat(kubectl.run("get", "configmap", "kube-root-ca.crt", "-o", "jsonpath={.data.ca\\.crt}"))
                    .startsWith("-----BEGIN CERTIFICATE-----");
        }
    }
}
