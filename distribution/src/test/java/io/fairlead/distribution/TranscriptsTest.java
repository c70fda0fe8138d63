// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays recorded sessions of kubectl 1.36.3 with the original.
 *
 * <p>What differs stands in {@code transcripts/known-differences.txt}, and only that: a step that agrees must not be listed, one that
 * does not must, and one with a {@code ~} before it may do either. Texts depend on the version of kubectl, so with another one than 1.36 only exit codes are compared, and of the listed
 * steps nothing. Runs on demand, see {@code CONTRIBUTING.md}.
 */
@Tag("kubectl")
@Tag("transcripts")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranscriptsTest {
    private static final int RECORDED_MINOR_VERSION = 36;

    private UpFixture up;
    private Path folder;
    private boolean sameVersion;
    private Set<String> known;

    @BeforeAll
    void start(@TempDir Path home) throws InterruptedException, IOException {
        folder = home;
        up = UpFixture.start(home.resolve("up"), "up", "--nodes", "5");
        sameVersion = up.kubectl().minorVersion() == RECORDED_MINOR_VERSION;
        try (InputStream list = TranscriptsTest.class.getResourceAsStream("transcripts/known-differences.txt")) {
            known = new String(Objects.requireNonNull(list).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        up.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-resources",
                "apply-client",
                "apply-server-side",
                "auth",
                "cluster-info-version",
                "create-config",
                "create-others",
                "create-workloads",
                "delete",
                "describe-node-namespace",
                "describe-workloads",
                "diff",
                "errors",
                "explain",
                "expose",
                "get-formats",
                "get-selectors-watch",
                "label-annotate-taint",
                "logs-exec",
                "patch",
                "replace",
                "rollout",
                "run",
                "scale-autoscale",
                "set",
                "token-certificate",
                "wait"
            })
    void agrees(String topic) throws IOException {
        Map<String, String> differences = play(Transcript.read(topic));

        Set<String> listed = known.stream()
                .filter(each -> each.startsWith(topic + "#"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unlisted = new TreeSet<>(differences.keySet());
        unlisted.removeAll(listed);
        unlisted.removeIf(each -> known.contains("~" + each));
        assertThat(unlisted)
                .as(() -> unlisted.stream().map(differences::get).collect(joining("\n\n")))
                .isEmpty();
        if (sameVersion) {
            listed.removeAll(differences.keySet());
            assertThat(listed).as("listed as different, but agreeing").isEmpty();
        }
    }

    /** Plays all steps; returns those that differ, each with what is to be seen. */
    private Map<String, String> play(Transcript transcript) throws IOException {
        Path place = Files.createDirectories(folder.resolve(transcript.topic()));
        Path kubeconfig = place.resolve("kubeconfig");
        Files.copy(folder.resolve("up/kubeconfig"), kubeconfig);
        Kubectl kubectl = new Kubectl(place, kubeconfig);
        kubectl.run("create", "namespace", transcript.namespace());
        kubectl.run("wait", "-n", transcript.namespace(), "--for=create", "serviceaccount/default", "--timeout=20s");
        kubectl.run("config", "set-context", "--current", "--namespace", transcript.namespace());
        Map<String, String> differences = new LinkedHashMap<>();
        for (Transcript.Step step : transcript.steps()) {
            Kubectl.Result result = kubectl.shell(step.command(), transcript.namespace());
            if (step.recorded() && !agrees(step, result)) {
                differences.put(
                        transcript.topic() + "#" + step.number(),
                        "$ %s%n--- recorded [exit %d]%n%s%n%s%n--- here [exit %d]%n%s%n%s"
                                .formatted(
                                        step.command(),
                                        step.exit(),
                                        Masks.apply(step.out()),
                                        Masks.apply(step.err()),
                                        result.code(),
                                        Masks.apply(result.out()),
                                        Masks.apply(result.err())));
            }
        }
        kubectl.attempt("delete", "namespace", transcript.namespace(), "--wait=false");
        return differences;
    }

    private boolean agrees(Transcript.Step step, Kubectl.Result result) {
        boolean sameText = !sameVersion
                || (Masks.apply(step.out()).equals(Masks.apply(result.out()))
                        && Masks.apply(step.err()).equals(Masks.apply(result.err())));
        return step.exit() == result.code() && sameText;
    }
}
