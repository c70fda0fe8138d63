// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replaces what differs from run to run by {@code <what:n>}, n counting in order of first sight. */
final class ScenarioMask {
    private static final String GENERATED = "[bcdfghjklmnpqrstvwxz2456789]";
    private static final Pattern TIME =
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern UID =
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
    private static final Pattern ADDRESS = Pattern.compile("\\b10\\.(244|0)\\.\\d{1,3}\\.\\d{1,3}\\b");
    private static final Pattern LONG = Pattern.compile("^[A-Za-z0-9+/=_.-]{200,}$|-----BEGIN [A-Z ]+-----");
    private static final Pattern HASH = Pattern.compile(GENERATED + "{6,12}");
    private static final Pattern SUFFIX = Pattern.compile(GENERATED + "{5}");
    private static final Pattern TOKEN_VOLUME = Pattern.compile("kube-api-access-([a-z0-9]{5})");

    private final String namespace;
    private final String namespaceInBase64;
    private final boolean exactNodes;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private @Nullable Pattern known;

    ScenarioMask(String namespace, boolean exactNodes) {
        this.namespace = namespace;
        this.namespaceInBase64 = Base64.getEncoder().encodeToString(namespace.getBytes(StandardCharsets.UTF_8));
        this.exactNodes = exactNodes;
    }

    /** Takes note of what was generated for {@code object}, so that it is recognised wherever it appears. */
    void learn(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        String kind = object.path("kind").asText();
        for (String label : List.of("pod-template-hash", "controller-revision-hash", "controller.kubernetes.io/hash")) {
            String value = metadata.path("labels").path(label).asText("");
            String hash = value.substring(value.lastIndexOf('-') + 1);
            if (HASH.matcher(hash).matches()) {
                number("hash", hash);
            }
        }
        if (kind.equals("ControllerRevision") && name.contains("-")) {
            number("hash", name.substring(name.lastIndexOf('-') + 1));
        }
        learnSuffix(metadata.path("generateName").asText(""), name, kind);
        for (JsonNode volume : object.path("spec").path("volumes")) {
            Matcher matcher = TOKEN_VOLUME.matcher(volume.path("name").asText(""));
            if (matcher.matches() && tokens.putIfAbsent(matcher.group(1), "<suffix>") == null) {
                known = null;
            }
        }
        for (JsonNode port : object.path("spec").path("ports")) {
            if (port.path("nodePort").asInt(0) != 0) {
                number("nodeport", port.get("nodePort").asText());
            }
        }
    }

    private void learnSuffix(String base, String name, String kind) {
        boolean generated = !base.isEmpty()
                && name.startsWith(base)
                && SUFFIX.matcher(name.substring(base.length())).matches();
        if (generated) {
            number("suffix", name.substring(base.length()));
        } else if ((kind.equals("Pod") || kind.equals("EndpointSlice")) && name.matches(".*-" + GENERATED + "{5}")) {
            number("suffix", name.substring(name.length() - 5));
        }
        if (kind.equals("Job") && name.matches(".*-\\d{8}")) {
            number("minute", name.substring(name.length() - 8));
        }
    }

    private void number(String what, String token) {
        if (!token.isEmpty() && !tokens.containsKey(token)) {
            tokens.put(token, "<" + what + ":" + counts.merge(what, 1, Integer::sum) + ">");
            known = null;
        }
    }

    String text(String raw) {
        if (raw.length() < 4) {
            return raw;
        }
        if (LONG.matcher(raw).find()) {
            return "<long:" + (raw.contains("BEGIN") ? "pem" : raw.contains(".") ? "token" : "base64") + ">";
        }
        String text = TIME.matcher(raw.replace(namespace, "<ns>")).replaceAll("<time>");
        UID.matcher(text).results().forEach(match -> number("uid", match.group()));
        ADDRESS.matcher(text).results().forEach(match -> number("ip", match.group()));
        text = known().matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(tokens.getOrDefault(match.group(1), match.group(1))));
        text = text.replaceAll("(<hash:\\d+>-)" + GENERATED + "{5}\\b", "$1<suffix>");
        text = text.replaceAll("(pods \\\\?\"[^\" ]*-)" + GENERATED + "{5}(\\\\?\" is forbidden)", "$1<suffix>$2");
        text = text.replace(namespaceInBase64, "<ns in base64>");
        if (!exactNodes) {
            text = text.replaceAll("\\b0/\\d+ nodes are available: ", "0/<n> nodes are available: ");
            text = text.replaceAll(
                    "(?<=[:,] )\\d+ (node\\(s\\)|Insufficient|Too many|Preemption|No preemption)", "<n> $1");
        }
        return text.replaceAll("(?<=resourceVersion: )\\d+", "<rv>");
    }

    private Pattern known() {
        Pattern pattern = known;
        if (pattern == null) {
            pattern = tokens.isEmpty()
                    ? Pattern.compile("((?!x)x)")
                    : Pattern.compile(tokens.keySet().stream()
                            .sorted(Comparator.comparingInt(String::length).reversed())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(", ")(?![A-Za-z0-9])")));
            known = pattern;
        }
        return pattern;
    }

    JsonNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode masked = Json.object();
            object.properties().forEach(member -> masked.set(text(member.getKey()), member(member)));
            return masked;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode masked = Json.array();
            list.forEach(item -> masked.add(object(item)));
            return masked;
        }
        if (node.isTextual()) {
            return TextNode.valueOf(text(node.asText()));
        }
        boolean port = node.isIntegralNumber() && node.asLong() >= 30_000 && node.asLong() <= 32_767;
        return port && tokens.containsKey(node.asText()) ? TextNode.valueOf(tokens.get(node.asText())) : node;
    }

    private JsonNode member(Map.Entry<String, JsonNode> member) {
        if (member.getKey().equals("resourceVersion")) {
            return TextNode.valueOf("<rv>");
        }
        if (member.getKey().endsWith(".resourceVersion")) {
            ArrayNode versions = Json.array();
            member.getValue().forEach(value -> versions.add(value.isNull() ? value : TextNode.valueOf("<rv>")));
            return versions;
        }
        return object(member.getValue());
    }
}
