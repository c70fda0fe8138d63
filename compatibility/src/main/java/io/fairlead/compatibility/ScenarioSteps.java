// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.compatibility.ScenarioKinds.Kind;
import io.fairlead.compatibility.Target.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the steps of a scenario ask of the server. */
final class ScenarioSteps {
    private static final String FIELD_MANAGER = "?fieldManager=scenario";
    private static final Set<String> SETTINGS = Set.of("expect", "note", "subresource", "fieldManager", "force");

    private final ScenarioPlayer play;
    private final ObservedCluster cluster;
    private final KubeletReport kubelet;
    private JsonNode step = Json.object();

    ScenarioSteps(ScenarioPlayer play) {
        this.play = play;
        this.cluster = play.cluster;
        this.kubelet = new KubeletReport(play.namespace);
    }

    void play(JsonNode written) throws InterruptedException {
        step = written;
        String verb = written.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !SETTINGS.contains(name))
                .findFirst()
                .orElseThrow(() -> new ScriptFailedException("a step without a verb: " + written));
        JsonNode argument = written.get(verb);
        switch (verb) {
            case "create", "apply" -> write(verb, argument);
            case "patch" -> patch(argument);
            case "scale" -> scale(argument);
            case "delete" -> delete(argument);
            case "pod-status" -> podStatus(argument);
            case "finish-delete" -> finishDelete(argument);
            case "evict", "bind" -> postToPods(verb, argument);
            case "node" -> node(argument);
            case "stop-heartbeat" -> play.handNodes.remove(argument.asText());
            case "request" -> request(argument);
            case "update" -> update(argument);
            case "kubectl" -> kubectl(argument.asText());
            case "link" -> link(argument);
            case "sleep" -> cluster.environment.sleep(Duration.ofMillis(Math.round(argument.asDouble() * 1_000)));
            case "quiet" -> play.quiet(argument);
            case "wait" -> play.await(argument);
            default -> throw new ScriptFailedException("this player knows no step " + verb);
        }
    }

    private void kubectl(String line) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-n", play.namespace));
        // No recorded command line quotes anything.
        arguments.addAll(List.of(line.split(" ")));
        CommandLine.Result result = play.kubectl.run(arguments);
        play.results
                .addObject()
                .put("step", play.step())
                .put("what", "kubectl " + line)
                .put("exit", result.exit())
                .put("stdout", result.out())
                .put("stderr", result.err());
    }

    private void result(String what, Answer answer) {
        JsonNode body = body(answer);
        ObjectNode result = play.results.addObject();
        result.put("step", play.step()).put("what", what).put("code", answer.status());
        if (body.path("kind").asText().equals("Status") && answer.status() >= 400) {
            result.set("reason", body.path("reason"));
            result.set("message", body.path("message"));
        }
    }

    private static JsonNode body(Answer answer) {
        return Json.tryRead(answer.body()).orElseGet(Json::object);
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }

    private String namespaceOf(Kind kind) {
        return kind.namespaced() ? play.namespace : "";
    }

    private void write(String verb, JsonNode argument) throws InterruptedException {
        List<JsonNode> objects = new ArrayList<>();
        if (argument.isArray()) {
            argument.forEach(objects::add);
        } else {
            objects.add(argument);
        }
        for (JsonNode object : objects) {
            int repeat = object.path("repeat").asInt(1);
            for (int i = 0; i < repeat; i++) {
                ObjectNode copy = object.deepCopy();
                copy.remove("repeat");
                JsonNode filled =
                        repeat == 1 ? copy : Json.read(Json.write(copy).replace("${i}", Integer.toString(i)));
                writeOne(verb, (ObjectNode) filled, i == 0);
            }
        }
    }

    private void writeOne(String verb, ObjectNode object, boolean first) throws InterruptedException {
        String apiVersion = object.path("apiVersion").asText();
        String kindName = object.path("kind").asText();
        Kind kind = ScenarioKinds.of(apiVersion, kindName)
                .orElseThrow(() -> new ScriptFailedException("scenarios know no " + apiVersion + " " + kindName));
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        if (kind.namespaced() && !metadata.has("namespace")) {
            metadata.put("namespace", play.namespace);
        }
        String namespace = metadata.path("namespace").asText("");
        String name = name(object);
        if (!kind.namespaced()) {
            play.created(kind, name);
        }
        Answer answer;
        if (verb.equals("create")) {
            answer = cluster.call("POST", kind.path(namespace, "", "") + FIELD_MANAGER, object);
            reportStatus(kind, object, answer);
        } else {
            String path = kind.path(namespace, name, step.path("subresource").asText(""))
                    + "?fieldManager=" + step.path("fieldManager").asText("scenario") + "&force="
                    + step.path("force").asBoolean(true);
            answer = cluster.call("PATCH", path, object, contentType("apply"));
        }
        awaitSeen(kind, answer);
        if (first || answer.status() >= 300) {
            String shown = name.isEmpty() ? metadata.path("generateName").asText("") : name;
            result(verb + " " + kind.plural() + "/" + shown, answer);
        }
    }

    private void reportStatus(Kind kind, ObjectNode object, Answer created) {
        boolean takesStatus = kind.plural().equals("nodes") || kind.plural().equals("pods");
        if (created.status() < 300 && object.has("status") && takesStatus) {
            JsonNode made = body(created);
            ObjectNode patch = Json.object();
            patch.set("status", object.get("status"));
            String path = kind.path(made.path("metadata").path("namespace").asText(""), name(made), "status");
            cluster.call("PATCH", path, patch, contentType("merge"));
        }
    }

    /** Later steps look objects up in what the watches told, so lets these catch up with an answer. */
    private void awaitSeen(Kind kind, Answer answer) throws InterruptedException {
        JsonNode made = body(answer);
        long revision = made.path("metadata").path("resourceVersion").asLong(0);
        if (!kind.watched() || revision == 0 || answer.status() >= 300) {
            return;
        }
        ObservedCluster.Key key = ObservedCluster.Key.of(kind, made);
        cluster.await(Duration.ofSeconds(5), () -> Optional.ofNullable(
                        cluster.snapshot().get(key))
                .filter(object ->
                        object.path("metadata").path("resourceVersion").asLong() >= revision)
                .isPresent());
    }

    private List<JsonNode> targets(Kind kind, JsonNode argument) {
        if (argument.has("name")) {
            ObjectNode named = Json.object();
            named.putObject("metadata").set("name", argument.get("name"));
            return List.of(named);
        }
        return play.locate(kind, argument);
    }

    private void patch(JsonNode argument) {
        Kind kind = ScenarioKinds.of(argument.path("kind").asText());
        String type = argument.path("type").asText("merge");
        String subresource = argument.path("subresource").asText("");
        String query = type.equals("apply")
                ? "?force=true&fieldManager=" + argument.path("fieldManager").asText("scenario")
                : FIELD_MANAGER;
        for (JsonNode object : targets(kind, argument)) {
            String namespace = kind.namespaced() ? argument.path("namespace").asText(play.namespace) : "";
            String path = kind.path(namespace, name(object), subresource) + query;
            Answer answer = cluster.call("PATCH", path, argument.get("patch"), contentType(type));
            String tail = subresource.isEmpty() ? "" : "/" + subresource;
            result("patch " + kind.plural() + "/" + name(object) + tail, answer);
        }
    }

    private void scale(JsonNode argument) {
        Kind kind = ScenarioKinds.of(argument.path("kind").asText());
        String name = argument.path("name").asText();
        ObjectNode patch = Json.object();
        patch.putObject("spec").set("replicas", argument.get("replicas"));
        String path = kind.path(play.namespace, name, "scale") + FIELD_MANAGER;
        Answer answer = cluster.call("PATCH", path, patch, contentType("merge"));
        result(
                "scale " + kind.plural() + "/" + name + " to "
                        + argument.path("replicas").asText(),
                answer);
    }

    private void delete(JsonNode argument) {
        Kind kind = ScenarioKinds.of(argument.path("kind").asText());
        ObjectNode options = Json.object();
        Map.of("propagation", "propagationPolicy", "grace", "gracePeriodSeconds", "preconditions", "preconditions")
                .forEach((from, to) -> {
                    if (argument.has(from)) {
                        options.set(to, argument.get(from));
                    }
                });
        for (JsonNode object : targets(kind, argument)) {
            String path = kind.path(namespaceOf(kind), name(object), "");
            Answer answer = cluster.call("DELETE", path, options.isEmpty() ? null : options);
            result("delete " + kind.plural() + "/" + name(object), answer);
        }
    }

    private void podStatus(JsonNode argument) throws InterruptedException {
        Kind pods = ScenarioKinds.of("pods");
        for (JsonNode located : play.locate(pods, argument)) {
            JsonNode pod = body(cluster.call("GET", pods.path(play.namespace, name(located), ""), null));
            if (!pod.has("spec")) {
                continue;
            }
            String path = pods.path(play.namespace, name(pod), "status") + "?fieldManager=kubelet";
            JsonNode report = kubelet.status(pod, argument, play.now());
            Answer answer = cluster.call("PATCH", path, report, contentType("strategic"));
            awaitSeen(pods, answer);
            String to = argument.path("to").asText("running");
            result("pod-status pods/" + name(pod) + " " + to, answer);
        }
    }

    private void finishDelete(JsonNode argument) {
        Kind pods = ScenarioKinds.of("pods");
        for (JsonNode pod : play.locate(pods, argument)) {
            if (!pod.path("metadata").has("deletionTimestamp")) {
                continue;
            }
            ObjectNode options = Json.object().put("gracePeriodSeconds", 0);
            options.putObject("preconditions").set("uid", pod.path("metadata").get("uid"));
            Answer answer = cluster.call("DELETE", pods.path(play.namespace, name(pod), ""), options);
            result("finish-delete pods/" + name(pod), answer);
        }
    }

    private void postToPods(String verb, JsonNode argument) {
        Kind pods = ScenarioKinds.of("pods");
        boolean evict = verb.equals("evict");
        for (JsonNode pod : play.locate(pods, argument)) {
            ObjectNode posted = Json.object()
                    .put("apiVersion", evict ? "policy/v1" : "v1")
                    .put("kind", evict ? "Eviction" : "Binding");
            posted.putObject("metadata").put("name", name(pod)).put("namespace", play.namespace);
            if (!evict) {
                posted.putObject("target")
                        .put("apiVersion", "v1")
                        .put("kind", "Node")
                        .set("name", argument.get("node"));
            }
            String path = pods.path(play.namespace, name(pod), evict ? "eviction" : "binding");
            result(verb + " pods/" + name(pod), cluster.call("POST", path, posted));
        }
    }

    private void node(JsonNode argument) {
        Kind nodes = ScenarioKinds.of("nodes");
        String name = argument.path("name").asText();
        boolean hand = argument.path("hand").asBoolean(false);
        ObjectNode node = HandMadeNode.node(name, argument, play.namespace);
        Answer answer = cluster.call("POST", nodes.path("", "", "") + FIELD_MANAGER, node);
        play.created(nodes, name);
        if (hand) {
            ObjectNode status = HandMadeNode.readyStatus(name, node.path("status"), play.now());
            String path = nodes.path("", name, "status") + "?fieldManager=kubelet";
            cluster.call("PATCH", path, status, contentType("merge"));
            Kind leases = ScenarioKinds.of("leases");
            cluster.call("POST", leases.path("kube-node-lease", "", ""), HandMadeNode.lease(name, play.now()));
            play.handNodes.add(name);
        }
        result("node " + name, answer);
    }

    private void request(JsonNode argument) {
        String type = argument.path("contentType").asText("application/json");
        String method = argument.path("method").asText();
        Answer answer = cluster.call(method, argument.path("path").asText(), argument.get("body"), type);
        result(method + " " + argument.path("path").asText(), answer);
    }

    /** Reads, changes by a merge, and PUTs: for subresources that take no patch. */
    private void update(JsonNode argument) {
        Kind kind = ScenarioKinds.of(argument.path("kind").asText());
        String name = argument.path("name").asText();
        String subresource = argument.path("subresource").asText("");
        JsonNode object = body(cluster.call("GET", kind.path(namespaceOf(kind), name, ""), null));
        if (object instanceof ObjectNode current) {
            merge(current, argument.path("set"));
        }
        String path = kind.path(namespaceOf(kind), name, subresource) + FIELD_MANAGER;
        String tail = subresource.isEmpty() ? "" : "/" + subresource;
        result("update " + kind.plural() + "/" + name + tail, cluster.call("PUT", path, object));
    }

    private static void merge(ObjectNode into, JsonNode changes) {
        changes.properties().forEach(member -> {
            if (member.getValue().isObject() && into.get(member.getKey()) instanceof ObjectNode inner) {
                merge(inner, member.getValue());
            } else if (member.getValue().isNull()) {
                into.remove(member.getKey());
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    private void link(JsonNode argument) {
        Kind kind = ScenarioKinds.of(argument.path("kind").asText());
        ObjectNode patch = Json.object();
        ArrayNode references = patch.putObject("metadata").putArray("ownerReferences");
        for (JsonNode owner : argument.path("owners")) {
            Kind ownerKind = ScenarioKinds.of(owner.get(0).asText());
            ObjectNode by = Json.object().put("name", owner.get(1).asText());
            JsonNode found = play.locate(ownerKind, by).getFirst();
            ObjectNode reference = references
                    .addObject()
                    .put("apiVersion", ownerKind.apiVersion())
                    .put("kind", ownerKind.kind())
                    .put("name", owner.get(1).asText());
            reference.set("uid", found.path("metadata").get("uid"));
            if (argument.path("block").asBoolean(false)) {
                reference.put("blockOwnerDeletion", true);
            }
        }
        String name = argument.path("name").asText();
        String path = kind.path(play.namespace, name, "") + FIELD_MANAGER;
        result("link " + kind.plural() + "/" + name, cluster.call("PATCH", path, patch, contentType("merge")));
    }

    private static String contentType(String patchType) {
        return switch (patchType) {
            case "strategic" -> "application/strategic-merge-patch+json";
            case "json" -> "application/json-patch+json";
            case "apply" -> "application/apply-patch+yaml";
            default -> "application/merge-patch+json";
        };
    }
}
