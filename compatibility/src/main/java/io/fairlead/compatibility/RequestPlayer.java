// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.compatibility.Target.Answer;
import io.fairlead.compatibility.Target.Call;
import io.fairlead.compatibility.Target.EventStream;
import io.fairlead.environment.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Plays one script against a target and gives the masked answer of each step. For one thread, for one run. */
final class RequestPlayer {
    private static final List<String> KEPT_HEADERS =
            List.of("content-type", "warning", "retry-after", "location", "allow", "vary", "cache-control");
    private static final Set<String> SHOWN_HEADERS =
            Set.of("content-encoding", "www-authenticate", "x-content-type-options", "allow", "upgrade", "accept");
    /** As long as the recording waited for events, so that what is slow here was slow there. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** What a server does on its own accord after an answer takes it less than this. */
    private static final int UNTIL_TRIES_MAX = 25;

    private static final Duration UNTIL_PAUSE = Duration.ofMillis(20);

    private final Environment environment;
    private final Target target;
    private final Script script;
    private final String namespace;
    private final RequestMask mask;
    private final Variables variables = new Variables();
    private final Map<String, EventStream> streams = new HashMap<>();

    RequestPlayer(Environment environment, Target target, Script script, String namespace) {
        this.environment = environment;
        this.target = target;
        this.script = script;
        this.namespace = script.about().path("namespace").asBoolean(true) ? namespace : "";
        this.mask = new RequestMask(this.namespace, target.authority(), script.text());
        variables.put("ns", this.namespace);
        variables.put("server", target.authority());
    }

    /** The answers, one for each step that has a recorded one; shorter if the script could not be played to its end. */
    List<JsonNode> play() throws InterruptedException {
        prepareNamespace();
        List<JsonNode> answers = new ArrayList<>();
        for (Script.Step step : script.steps()) {
            JsonNode answer;
            try {
                answer = play(step.written());
            } catch (ScriptFailedException e) {
                answer = Json.object().put("broke", e.getMessage());
            }
            if (step.answer().isPresent()) {
                Unordered.sort(answer);
                answers.add(answer);
            }
        }
        return answers;
    }

    private void prepareNamespace() {
        if (namespace.isEmpty()) {
            return;
        }
        ObjectNode created = Json.object();
        ObjectNode metadata = created.putObject("metadata").put("name", namespace);
        script.about().path("namespaceMetadata").properties().forEach(m -> metadata.set(m.getKey(), m.getValue()));
        create("/api/v1/namespaces", created);
        if (script.about().path("serviceAccount").asBoolean(true)) {
            ObjectNode account = Json.object();
            account.putObject("metadata").put("name", "default");
            create("/api/v1/namespaces/" + namespace + "/serviceaccounts", account);
        }
    }

    private void create(String path, JsonNode body) {
        Map<String, String> headers = Map.of("Content-Type", "application/json");
        target.send(new Call("POST", path, headers, bytes(Json.write(body)), "admin"));
    }

    private JsonNode play(JsonNode written) throws InterruptedException {
        JsonNode step = variables.substitute(written);
        if (step.has("sleep")) {
            environment.sleep(Duration.ofMillis(Math.round(step.get("sleep").asDouble() * 1_000)));
            return Json.object();
        }
        if (step.has("stream")) {
            return open(step);
        }
        return step.has("collect") ? collect(step, written) : request(step, written);
    }

    private JsonNode open(JsonNode step) {
        String user = step.path("user").asText("admin");
        Call call = new Call("GET", step.get("stream").asText(), headers(step), null, user);
        EventStream stream = target.open(call);
        streams.put(step.get("name").asText(), stream);
        return Json.object().put("status", stream.status()).put("content-type", stream.contentType());
    }

    private JsonNode collect(JsonNode step, JsonNode written) {
        EventStream stream = streams.get(step.get("collect").asText());
        if (stream == null) {
            throw new ScriptFailedException("no stream " + step.get("collect").asText());
        }
        boolean end = step.path("end").asBoolean(false);
        Duration wait = step.has("seconds")
                ? Duration.ofMillis(Math.round(step.get("seconds").asDouble() * 1_000))
                : SETTLE;
        ArrayNode events = Json.array();
        boolean dropBookmarks = step.path("bookmarks").asText().equals("drop");
        for (JsonNode event : stream.take(step.path("events").asInt(1), wait, end)) {
            if (!dropBookmarks || !event.path("type").asText().equals("BOOKMARK")) {
                events.add(event);
            }
        }
        ObjectNode answer = Json.object();
        answer.set("events", mask.value(events));
        if (end) {
            answer.put("ended", stream.ended());
        }
        ObjectNode raw = Json.object();
        raw.set("events", events);
        save(written, raw, Map.of());
        return answer;
    }

    private JsonNode request(JsonNode step, JsonNode written) throws InterruptedException {
        String[] line = step.get("do").asText().split(" ", 2);
        Map<String, String> headers = headers(step);
        byte[] body = body(step);
        if (body != null
                && !step.has("base64")
                && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            boolean merge = line[0].equals("PATCH") && !step.has("raw");
            headers.put("Content-Type", merge ? "application/merge-patch+json" : "application/json");
        }
        Call call = new Call(line[0], line[1], headers, body, step.path("user").asText("admin"));
        Answer received = target.send(call);
        for (int i = 1; step.has("until") && i < UNTIL_TRIES_MAX && !holds(received, step.get("until")); i++) {
            environment.sleep(UNTIL_PAUSE);
            received = target.send(call);
        }
        byte[] payload = unzipped(received);
        Optional<JsonNode> raw = Json.tryRead(payload);
        ObjectNode answer = Json.object().put("status", received.status());
        answer.set("headers", headers(received, step));
        learnRefusedName(step, raw);
        show(step, payload, raw, answer);
        save(written, raw.orElse(Json.MAPPER.nullNode()), received.headers());
        return answer;
    }

    private void show(JsonNode step, byte[] payload, Optional<JsonNode> raw, ObjectNode answer) {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (step.has("grep")) {
            Set<String> found = new TreeSet<>();
            Matcher matcher = Pattern.compile(step.get("grep").asText(), Pattern.MULTILINE)
                    .matcher(text);
            while (matcher.find()) {
                found.add(mask.text(matcher.group()));
            }
            ArrayNode list = answer.putArray("found");
            found.forEach(list::add);
        } else if (step.has("pick")) {
            ObjectNode picked = answer.putObject("picked");
            JsonNode masked = mask.value(raw.orElse(Json.MAPPER.nullNode()));
            step.get("pick").forEach(path -> picked.set(path.asText(), Json.pick(masked, path.asText())));
        } else if (raw.isPresent()) {
            answer.set("body", mask.value(raw.get()));
        } else if (text.startsWith("k8s\0")
                || text.substring(0, Math.min(64, text.length())).contains("\0")) {
            answer.put("base64", Base64.getEncoder().encodeToString(payload));
        } else {
            answer.put("text", mask.text(text.replaceAll("(resourceVersion: )\"\\d+\"", "$1<rv>")));
        }
    }

    private ObjectNode headers(Answer received, JsonNode step) {
        ObjectNode kept = Json.object();
        for (String name : KEPT_HEADERS) {
            List<String> values = received.headers().getOrDefault(name, List.of());
            if (!values.isEmpty()) {
                ArrayNode list = kept.putArray(name);
                values.forEach(value -> list.add(mask.text(value)));
            }
        }
        for (JsonNode name : step.path("show")) {
            List<String> values = received.headers().getOrDefault(name.asText().toLowerCase(Locale.ROOT), List.of());
            String value = values.isEmpty() ? null : values.getFirst();
            kept.put(name.asText(), value == null || SHOWN_HEADERS.contains(name.asText()) ? value : "<present>");
        }
        return kept;
    }

    private void learnRefusedName(JsonNode step, Optional<JsonNode> raw) {
        JsonNode asked = step.path("body").path("metadata");
        String base = asked.path("generateName").asText("");
        if (base.isEmpty() || !asked.path("name").asText("").isEmpty() || raw.isEmpty()) {
            return;
        }
        String name = raw.get().path("details").path("name").asText("");
        if (raw.get().path("kind").asText().equals("Status") && !name.isEmpty()) {
            mask.refused(name, base);
        }
    }

    private void save(JsonNode written, JsonNode raw, Map<String, List<String>> headers) {
        for (Map.Entry<String, JsonNode> each : written.path("save").properties()) {
            String path = each.getValue().asText();
            if (path.startsWith("header:")) {
                List<String> values = headers.getOrDefault(path.substring("header:".length()), List.of());
                variables.put(each.getKey(), values.isEmpty() ? "" : values.getFirst());
            } else {
                JsonNode value = Json.lookup(raw, path)
                        .orElseThrow(() -> new ScriptFailedException("the answer has no " + path + " to save"));
                variables.put(each.getKey(), value);
            }
        }
    }

    private boolean holds(Answer answer, JsonNode wanted) {
        if (wanted.isInt()) {
            return answer.status() == wanted.asInt();
        }
        Optional<JsonNode> raw = Json.tryRead(answer.body());
        return raw.isPresent()
                && wanted.properties().stream().allMatch(each -> Json.lookup(raw.get(), each.getKey())
                        .filter(each.getValue()::equals)
                        .isPresent());
    }

    private static Map<String, String> headers(JsonNode step) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        step.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static byte @Nullable [] body(JsonNode step) {
        if (step.has("base64")) {
            return Base64.getDecoder().decode(step.get("base64").asText());
        }
        if (step.has("raw")) {
            return bytes(step.get("raw").asText());
        }
        return step.has("body") ? bytes(Json.writeAsRecorded(step.get("body"))) : null;
    }

    private static byte[] unzipped(Answer answer) {
        if (!answer.headers().getOrDefault("content-encoding", List.of()).contains("gzip")) {
            return answer.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("unzipping an answer", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
