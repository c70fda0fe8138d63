// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces what differs from run to run by names that keep which values are equal, as the recordings do. */
final class RequestMask {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]+");
    private static final Pattern LONG_RUN = Pattern.compile("([xm])\\1{200,}");
    private static final Pattern PRECONDITION =
            Pattern.compile("(ResourceVersion in (?:precondition|object meta): )(\\d+)");
    private static final Pattern ADDRESS = Pattern.compile("[\\d.]{7,}|[0-9a-f:]*:[0-9a-f:]+");
    private static final Pattern AGE = Pattern.compile("<invalid>|(\\d+(y|d|h|m|s))+");
    private static final Pattern AGO = Pattern.compile("\\((?:<invalid>|(?:\\d+[ydhms])+) ago\\)");
    private static final Set<String> AGES =
            Set.of("age", "last seen", "first seen", "duration", "lastseen", "firstseen");

    private record Known(String kind, String value) {}

    private final Map<Known, String> known = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final String namespace;
    private final String authority;
    /** The script's text: what it spells out is not masked. */
    private final String written;

    RequestMask(String namespace, String authority, String written) {
        this.namespace = namespace;
        this.authority = authority;
        this.written = written;
    }

    /** Remembers the generated name of an object that was refused. */
    void refused(String name, String generateName) {
        known.put(new Known("generated", name), generateName + "<suffix>");
    }

    String text(String raw) {
        String value = namespace.isEmpty() ? raw : raw.replace(namespace, "<ns>");
        value = value.replace(authority, "<server>");
        value = LONG_RUN.matcher(value)
                .replaceAll(m -> "<" + m.group(1) + "*" + m.group().length() + ">");
        value = JWT.matcher(value).replaceAll("<jwt>");
        value = value.replaceAll("X509SHA256=[0-9a-f]{64}", "X509SHA256=<hash>");
        value = UID.matcher(value)
                .replaceAll(m -> quote(written.contains(m.group()) ? m.group() : name("uid", m.group())));
        value = TIME.matcher(value).replaceAll(this::time);
        value = value.replaceAll("\\b(kube-api-access-)[a-z0-9]{5}\\b", "$1<suffix>");
        value = value.replaceAll("(\\\\\"resourceVersion\\\\\":\\\\\")\\d+", "$1<rv>");
        value = value.replaceAll("(Too large resource version: \\d+, current: )\\d+", "$1<rv>");
        value = PRECONDITION
                .matcher(value)
                .replaceAll(m -> quote(isWritten(m.group(2)) ? m.group() : m.group(1) + "<rv>"));
        value = value.replaceAll("(in record )\\(\\d+\\)", "$1(<rv>)");
        value = value.replaceAll("(too old resource version: \\d+ )\\(\\d+\\)", "$1(<rv>)");
        for (Map.Entry<Known, String> entry : known.entrySet()) {
            String seen = entry.getKey().value();
            if (entry.getKey().kind().equals("generated")) {
                value = value.replace(seen, entry.getValue());
            } else if (entry.getKey().kind().equals("ip") && value.contains(seen)) {
                value = value.replaceAll("(?<![\\d.])" + Pattern.quote(seen) + "(?!\\d)", quote(entry.getValue()));
            }
        }
        return value;
    }

    JsonNode value(JsonNode value) {
        return value(value, "");
    }

    private JsonNode value(JsonNode value, String key) {
        if (value instanceof ObjectNode object) {
            return members(object, key);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode masked = Json.array();
            list.forEach(item -> masked.add(value(item, key)));
            return masked;
        }
        if (value.isIntegralNumber() && (key.equals("nodePort") || key.equals("healthCheckNodePort"))) {
            return written.contains(value.asText()) ? value : TextNode.valueOf(name("nodePort", value.asText()));
        }
        return value.isTextual() ? TextNode.valueOf(string(value.asText(), key)) : value;
    }

    private String string(String value, String key) {
        boolean version = key.equals("resourceVersion");
        if ((version || key.equals("continue")) && !value.isEmpty() && !value.equals("0") && !isWritten(value)) {
            return name(version ? "rv" : key, value);
        }
        boolean address = key.equals("clusterIP") || key.equals("clusterIPs");
        if (address && ADDRESS.matcher(value).matches() && !written.contains(value)) {
            return name("ip", value);
        }
        if (key.equals("cells") && value.matches("(\\d+[dhms]){1,2}")) {
            return "<age>";
        }
        if (key.equals("cells") && value.matches("10\\.\\d+\\.\\d+\\.\\d+") && !written.contains(value)) {
            return name("ip", value);
        }
        return key.equals("caBundle") || value.contains("BEGIN CERTIFICATE") ? "<certificate>" : text(value);
    }

    private JsonNode members(ObjectNode original, String key) {
        ObjectNode object = original;
        learnGeneratedName(object.path("metadata"));
        boolean table = object.path("kind").asText().equals("Table")
                && !object.path("columnDefinitions").isEmpty();
        if (table) {
            object = TableAges.mask(object);
        }
        if (key.equals("columnDefinitions") && object.has("description")) {
            object = object.deepCopy().put("description", "<prose>");
        }
        String version = object.path("metadata").path("resourceVersion").asText("0");
        boolean list = object.path("items").isArray()
                || (object.path("kind").asText().equals("Table") && object.has("columnDefinitions"));
        if (list && !version.isEmpty() && !version.equals("0")) {
            // The version of a list moves whenever anything at all is written.
            object = object.deepCopy();
            ((ObjectNode) object.path("metadata")).put("resourceVersion", "<rv>");
        }
        if (object.path("type").asText().equals("BOOKMARK")
                && object.path("object").path("metadata").isObject()) {
            object = object.deepCopy();
            ((ObjectNode) object.path("object").path("metadata")).put("resourceVersion", "<rv>");
        }
        if (!namespace.isEmpty() && object.path("groupVersion").asText().contains(namespace)) {
            object = object.deepCopy();
            for (JsonNode resource : object.path("resources")) {
                if (resource.has("storageVersionHash")) {
                    ((ObjectNode) resource).put("storageVersionHash", "<hash>");
                }
            }
        }
        ObjectNode masked = Json.object();
        object.properties()
                .forEach(member -> masked.set(text(member.getKey()), value(member.getValue(), member.getKey())));
        return masked;
    }

    private void learnGeneratedName(JsonNode metadata) {
        String base = metadata.path("generateName").asText("");
        String name = metadata.path("name").asText("");
        if (base.isEmpty() || name.length() <= 5 || !base.startsWith(name.substring(0, name.length() - 5))) {
            return;
        }
        Known generated = new Known("generated", name);
        if (!known.containsKey(generated)) {
            known.put(generated, base + "<suffix:" + counts.merge("g", 1, Integer::sum) + ">");
        }
    }

    private String name(String kind, String value) {
        return known.computeIfAbsent(
                new Known(kind, value), missing -> "<" + kind + ":" + counts.merge(kind, 1, Integer::sum) + ">");
    }

    private boolean isWritten(String value) {
        return written.contains('"' + value + '"');
    }

    private String time(MatchResult match) {
        if (written.contains(match.group())) {
            return quote(match.group());
        }
        return match.group().contains(".") ? "<microtime>" : "<time>";
    }

    private static String quote(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** Cells of a Table that tell a span of time, and the ages within other cells, as in {@code 3 (5m ago)}. */
    private static final class TableAges {
        static ObjectNode mask(ObjectNode table) {
            ObjectNode masked = table.deepCopy();
            JsonNode columns = masked.path("columnDefinitions");
            for (JsonNode row : masked.path("rows")) {
                if (row.path("cells") instanceof ArrayNode cells) {
                    for (int i = 0; i < cells.size(); i++) {
                        JsonNode column = columns.path(i);
                        boolean aged =
                                AGES.contains(column.path("name").asText().toLowerCase(Locale.ROOT))
                                        || column.path("type").asText().equals("date");
                        cells.set(i, cell(cells.get(i), aged));
                    }
                }
            }
            return masked;
        }

        private static JsonNode cell(JsonNode cell, boolean aged) {
            if (!cell.isTextual()) {
                return cell;
            }
            String text = cell.asText();
            boolean age = aged && AGE.matcher(text).matches();
            return TextNode.valueOf(age ? "<age>" : AGO.matcher(text).replaceAll("(<age> ago)"));
        }
    }
}
