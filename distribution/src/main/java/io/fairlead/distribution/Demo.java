// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rolls a Deployment out and over to a new image, and shows what happens. */
final class Demo {
    /** The sample that is shown; the file is {@code samples/web.yaml}. */
    private static final String SAMPLE = "/samples/web.yaml";

    private static final String NEW_IMAGE = "nginx:1.29";

    /** How often the picture is drawn again: fluent, and far cheaper than what it shows. */
    private static final Duration FRAME = Duration.ofMillis(50);

    /** A rollout of some pods takes a second; after this much something is broken. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Environment environment;
    private final KubernetesClient client;
    private final Terminal terminal;
    private final Picture picture;

    Demo(Environment environment, KubernetesClient client, Terminal terminal) {
        this.environment = requireNonNull(environment, "environment");
        this.client = requireNonNull(client, "client");
        this.terminal = requireNonNull(terminal, "terminal");
        this.picture = new Picture(terminal);
    }

    /** Plays from beginning to end. */
    void show() throws InterruptedException, IOException {
        terminal.line("");
        terminal.line("$ kubectl apply -f samples/web.yaml");
        List<HasMetadata> applied = apply();
        String name = applied.stream()
                .filter(Deployment.class::isInstance)
                .map(each -> each.getMetadata().getName())
                .findFirst()
                .orElseThrow();
        double first = rollOut(name);

        terminal.line("");
        terminal.line("$ kubectl set image deployment/" + name + " web=" + NEW_IMAGE);
        picture.forget();
        client.apps().deployments().withName(name).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), newImage());
        double second = rollOut(name);
        tell(name, first, second);
    }

    private List<HasMetadata> apply() throws IOException {
        try (InputStream sample = Demo.class.getResourceAsStream(SAMPLE)) {
            List<HasMetadata> objects =
                    client.load(requireNonNull(sample, SAMPLE)).items();
            return objects.stream()
                    .map(object -> client.resource(object).create())
                    .toList();
        }
    }

    private static String newImage() {
        return "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"" + NEW_IMAGE
                + "\"}]}}}}";
    }

    /** Draws until the Deployment {@code name} is as it should be; returns how many seconds that took. */
    private double rollOut(String name) throws InterruptedException {
        long start = environment.nanoTime();
        while (true) {
            View view = View.of(client);
            picture.draw(view.lines());
            double seconds = (environment.nanoTime() - start) / NANOS_PER_SECOND;
            if (view.complete(name)) {
                return seconds;
            }
            if (seconds > PATIENCE.toSeconds()) {
                throw new CommandException("the rollout did not end within " + PATIENCE.toSeconds() + " s");
            }
            environment.sleep(FRAME);
        }
    }

    private void tell(String name, double first, double second) {
        Deployment deployment = Optional.ofNullable(
                        client.apps().deployments().withName(name).get())
                .orElseThrow();
        int replicas = deployment.getSpec().getReplicas();
        int events = client.v1().events().list().getItems().size();
        terminal.line("");
        terminal.line(String.format(
                Locale.ROOT,
                "%d pods were up after %.2f s, and replaced one by one by %s within %.2f s.",
                replicas,
                first,
                NEW_IMAGE,
                second));
        terminal.line(String.format(
                Locale.ROOT,
                "%d ReplicaSets remember both revisions, and %d events tell the story.",
                client.apps().replicaSets().list().getItems().size(),
                events));
        terminal.line("All of it ran in this process. Try it with kubectl: ./fairlead up");
    }
}
