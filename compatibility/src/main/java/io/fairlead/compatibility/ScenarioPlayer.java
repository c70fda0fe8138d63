// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fairlead.compatibility.ObservedCluster.Change;
import io.fairlead.compatibility.ScenarioKinds.Kind;
import io.fairlead.environment.Environment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Plays one scenario in a namespace of its own and writes down what it saw. For one thread; changes arrive on others. */
final class ScenarioPlayer {
    private static final Set<String> CLUSTER_KINDS = Set.of(
            "nodes",
            "persistentvolumes",
            "clusterroles",
            "certificatesigningrequests",
            "namespaces",
            "ipaddresses",
            "servicecidrs",
            "validatingadmissionpolicies",
            "customresourcedefinitions");
    private static final Duration WAIT_MAX = Duration.ofSeconds(40);
    private static final Duration QUIET_MAX = Duration.ofSeconds(25);
    private static final Duration NAMESPACE_READY_MAX = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** A change, and the number of the step during which it was seen. */
    record Seen(Change change, int step) {}

    final ObservedCluster cluster;
    final JsonNode scenario;
    final String namespace;
    final ArrayNode results = Json.array();
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Set<String> extra = new HashSet<>();
    final List<String> handNodes = new CopyOnWriteArrayList<>();
    private final List<ObservedCluster.Key> createdClusterObjects = new ArrayList<>();
    private final Environment environment;
    private final Consumer<Change> listener = this::hear;
    private volatile int step;
    private volatile long lastChangeNanos;

    final CommandLine kubectl;

    ScenarioPlayer(ObservedCluster cluster, JsonNode scenario, CommandLine kubectl) {
        this.cluster = cluster;
        this.kubectl = kubectl;
        this.environment = cluster.environment;
        this.scenario = scenario;
        String name = scenario.path("name").asText();
        String tail = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^a-z0-9-]", "");
        String suffix = Integer.toString(environment.random().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        this.namespace = "x" + (tail.length() > 28 ? tail.substring(0, 28) : tail).replaceAll("-+$", "") + "-" + suffix;
        scenario.path("watch").forEach(each -> extra.add(each.asText()));
    }

    /** Plays all steps and waits until nothing happens any more. */
    TraceDigest.Trace play() throws InterruptedException {
        cluster.listen(listener);
        var heartbeat = environment.start("heartbeat " + namespace, this::renewLeases);
        try {
            ObjectNode created = Json.object();
            created.putObject("metadata").put("name", namespace);
            cluster.call("POST", "/api/v1/namespaces", created);
            cluster.await(NAMESPACE_READY_MAX, this::isNamespaceReady);
            ScenarioSteps steps = new ScenarioSteps(this);
            int number = 0;
            for (JsonNode written : scenario.path("steps")) {
                number++;
                step = number;
                steps.play(substitute(written));
            }
            quiet(
                    Duration.ofMillis(Math.round(scenario.path("quietAtEnd").asDouble(2) * 1_000)),
                    Duration.ofSeconds(20));
            cluster.ignore(listener);
            return TraceDigest.of(this, finals());
        } finally {
            cluster.ignore(listener);
            heartbeat.interrupt();
            cleanUp();
        }
    }

    private boolean isNamespaceReady() {
        return !locate(ScenarioKinds.of("serviceaccounts"), selecting("name", "default"))
                        .isEmpty()
                && !locate(ScenarioKinds.of("configmaps"), selecting("name", "kube-root-ca.crt"))
                        .isEmpty();
    }

    private static ObjectNode selecting(String field, String value) {
        return Json.object().put(field, value);
    }

    private void hear(Change change) {
        JsonNode metadata = change.object().path("metadata");
        String in = metadata.path("namespace").asText("");
        String name = metadata.path("name").asText();
        String kind = change.kind().plural();
        boolean mine = in.startsWith(namespace)
                || (CLUSTER_KINDS.contains(kind) && name.startsWith(namespace))
                || extra.contains(kind + "/" + in + "/" + name)
                || (in.isEmpty() && extra.contains(kind + "/" + name));
        if (kind.equals("events") && !mine) {
            mine = change.object()
                    .path("involvedObject")
                    .path("name")
                    .asText("")
                    .startsWith(namespace);
        }
        if (kind.equals("ipaddresses")) {
            mine = isAddressOfMine(change.object());
        }
        if (mine) {
            seen.add(new Seen(change, step));
            if (!kind.equals("leases") && !kind.equals("nodes")) {
                lastChangeNanos = environment.nanoTime();
            }
        }
    }

    private boolean isAddressOfMine(JsonNode address) {
        return address.path("spec").path("parentRef").path("namespace").asText().equals(namespace);
    }

    int step() {
        return step;
    }

    String now() {
        return environment.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    JsonNode substitute(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(member -> copy.set(substitute(member.getKey()), substitute(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = Json.array();
            list.forEach(item -> copy.add(substitute(item)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(substitute(node.asText())) : node;
    }

    String substitute(String text) {
        return text.replace("${ns}", namespace).replace("${now}", now());
    }

    /** The objects that a step means by its {@code name}, {@code selector}, {@code where} and {@code pick}. */
    List<JsonNode> locate(Kind kind, JsonNode by) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode object : cluster.objects(kind, kind.namespaced() ? namespace : "")) {
            boolean named = !by.has("name")
                    || object.path("metadata")
                            .path("name")
                            .asText()
                            .equals(by.get("name").asText());
            if (named
                    && ObjectMatch.selected(object, by.path("selector").asText(""))
                    && ObjectMatch.matches(object, by.path("where"))) {
                found.add(object);
            }
        }
        found.sort((a, b) -> order(a).compareTo(order(b)));
        return pick(found, by.path("pick"));
    }

    private static String order(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("creationTimestamp").asText() + " "
                + metadata.path("name").asText();
    }

    private static List<JsonNode> pick(List<JsonNode> found, JsonNode pick) {
        int size = found.size();
        if (pick.isInt()) {
            int at = pick.asInt();
            return at < size ? found.subList(at, at + 1) : List.of();
        }
        if (pick.isObject()) {
            int from = Math.min(size, pick.path("from").asInt(0));
            return found.subList(
                    from, Math.max(from, Math.min(size, pick.path("to").asInt(size))));
        }
        return switch (pick.asText("")) {
            case "first" -> found.subList(0, Math.min(1, size));
            case "last" -> found.subList(Math.max(0, size - 1), size);
            default -> found;
        };
    }

    void created(Kind kind, String name) {
        createdClusterObjects.add(new ObservedCluster.Key(kind.plural(), "", name));
    }

    /** Waits until nothing of this scenario was written for {@code span}. */
    void quiet(Duration span, Duration timeout) throws InterruptedException {
        long begin = environment.nanoTime();
        long end = begin + timeout.toNanos();
        while (true) {
            long now = environment.nanoTime();
            long quietUntil = Math.max(lastChangeNanos, begin) + span.toNanos();
            if (now >= quietUntil || now >= end) {
                return;
            }
            environment.sleep(Duration.ofNanos(Math.min(quietUntil, end) - now));
        }
    }

    void quiet(JsonNode written) throws InterruptedException {
        double seconds = written.isObject() ? written.path("seconds").asDouble() : written.asDouble();
        Duration timeout = written.has("timeout")
                ? Duration.ofSeconds(written.get("timeout").asLong())
                : QUIET_MAX;
        quiet(Duration.ofMillis(Math.round(seconds * 1_000)), timeout);
    }

    void await(JsonNode wait) throws InterruptedException {
        Duration timeout =
                wait.has("timeout") ? Duration.ofSeconds(wait.get("timeout").asLong()) : WAIT_MAX;
        if (!cluster.await(timeout, () -> holds(wait))) {
            results.addObject().put("step", step).put("what", "wait timed out").set("wait", wait);
        }
    }

    private boolean holds(JsonNode wait) {
        String plural = wait.path("kind").asText().toLowerCase(Locale.ROOT);
        if (plural.equals("events")) {
            ObjectNode where = Json.object();
            where.set("reason", wait.path("reason"));
            wait.path("where").properties().forEach(each -> where.set(each.getKey(), each.getValue()));
            long count = seen.stream()
                    .filter(each -> each.change().kind().plural().equals("events"))
                    .filter(each -> ObjectMatch.matches(each.change().object(), where))
                    .count();
            return count >= wait.path("count").asInt(1);
        }
        Kind kind = ScenarioKinds.of(plural);
        List<JsonNode> objects = locate(kind, wait);
        if (!kind.namespaced() && !wait.has("name")) {
            objects = objects.stream()
                    .filter(object ->
                            object.path("metadata").path("name").asText().startsWith(namespace))
                    .toList();
        }
        if (wait.path("gone").asBoolean(false)) {
            return objects.isEmpty();
        }
        return wait.has("count")
                ? objects.size() == wait.get("count").asInt()
                : objects.size() >= wait.path("atLeast").asInt(1);
    }

    private List<JsonNode> finals() {
        List<JsonNode> finals = new ArrayList<>();
        cluster.snapshot().forEach((key, object) -> {
            boolean named = CLUSTER_KINDS.contains(key.plural()) && key.name().startsWith(namespace);
            boolean watched = extra.contains(key.plural() + "/" + key.namespace() + "/" + key.name())
                    || extra.contains(key.plural() + "/" + key.name());
            boolean address = key.plural().equals("ipaddresses") && isAddressOfMine(object);
            if (!key.plural().equals("events")
                    && (key.namespace().startsWith(namespace) || named || watched || address)) {
                finals.add(object);
            }
        });
        return finals;
    }

    private void renewLeases() throws InterruptedException {
        Kind leases = ScenarioKinds.of("leases");
        while (true) {
            environment.sleep(HEARTBEAT);
            for (String node : handNodes) {
                ObjectNode patch = Json.object();
                patch.putObject("spec").put("renewTime", now().replace("Z", ".000000Z"));
                cluster.call("PATCH", leases.path("kube-node-lease", node, ""), patch, "application/merge-patch+json");
            }
        }
    }

    private void cleanUp() throws InterruptedException {
        JsonNode noFinalizers = Json.read("{\"metadata\":{\"finalizers\":null}}");
        for (String plural : List.of("pods", "configmaps", "jobs", "deployments", "replicasets")) {
            Kind kind = ScenarioKinds.of(plural);
            for (JsonNode object : locate(kind, Json.object())) {
                if (!object.path("metadata").path("finalizers").isEmpty()) {
                    String path = kind.path(
                            namespace, object.path("metadata").path("name").asText(), "");
                    cluster.call("PATCH", path, noFinalizers, "application/merge-patch+json");
                }
            }
        }
        cluster.call("DELETE", "/api/v1/namespaces/" + namespace, null);
        for (ObservedCluster.Key each : createdClusterObjects) {
            cluster.call("DELETE", ScenarioKinds.of(each.plural()).path("", each.name(), ""), null);
        }
        finishPodsOfHandNodes();
    }

    /** Pods on nodes that the scenario ran have no kubelet to finish their deletion. */
    private void finishPodsOfHandNodes() throws InterruptedException {
        if (handNodes.isEmpty()) {
            return;
        }
        Kind pods = ScenarioKinds.of("pods");
        JsonNode now = Json.object().put("gracePeriodSeconds", 0);
        cluster.await(Duration.ofSeconds(10), () -> {
            List<JsonNode> left = locate(pods, Json.object());
            left.forEach(pod -> cluster.call(
                    "DELETE",
                    pods.path(namespace, pod.path("metadata").path("name").asText(), ""),
                    now));
            return left.isEmpty();
        });
        handNodes.forEach(
                node -> cluster.call("DELETE", ScenarioKinds.of("leases").path("kube-node-lease", node, ""), null));
    }
}
