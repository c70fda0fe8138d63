// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes the descriptions of types and fields out of the sources of a published client and writes them beside the schema table,
 * whose types they describe. The build runs it; what it writes is never committed.
 *
 * <p>The client's models say nothing of fields whose type is a message of its own; for these the comments in its protobuf classes
 * are taken.
 *
 * <p>Usage: {@code java ExtractDescriptions.java <folder with the client's model sources> <jar with its protobuf sources> <types.txt>
 * <file to write>}
 *
 * <p>The output has a line {@code <type>} for each type and below it, indented, a line {@code <field> <description>} for each
 * field; the type's own description follows the type's name.
 */
final class ExtractDescriptions {
    private static final Pattern MODEL = Pattern.compile("@ApiModel\\(description = \"((?:[^\"\\\\]++|\\\\.)*+)\"\\)");
    private static final Pattern NAME = Pattern.compile("String SERIALIZED_NAME_[\\w$]+ = \"((?:[^\"\\\\]++|\\\\.)*+)\";");
    private static final Pattern PROPERTY =
            Pattern.compile("@ApiModelProperty\\((?:required = true, )?value = \"((?:[^\"\\\\]++|\\\\.)*+)\"");

    /** The interface of a message, with its name in the original's packages. */
    private static final Pattern MESSAGE =
            Pattern.compile("// @@protoc_insertion_point\\(interface_extends:k8s\\.io\\.([\\w.]+)\\)");

    /** A comment of a field, and the field as the protobuf file declares it. */
    private static final Pattern COMMENT = Pattern.compile(
            "<pre>\\n((?: *\\* ?[^\\n]*\\n)+?) *\\* </pre>\\n *\\*\\n *\\* <code>[^<]* (\\w+) = \\d+[^<]*;</code>");

    /** Fewer types than this with a description mean that the sources are not what they were. */
    private static final int TYPES_MIN = 500;

    private ExtractDescriptions() {}

    public static void main(String[] args) throws IOException {
        Path models = Path.of(args[0]);
        Path out = Path.of(args[3]);
        if (!Files.isDirectory(models)) {
            throw new IllegalStateException("The descriptions for kubectl explain come from the sources of"
                    + " io.kubernetes:client-java-api, which Maven should have unpacked to " + models
                    + ". Build once with access to an artifact repository.");
        }
        Map<String, Map<String, String>> comments = comments(Path.of(args[1]));
        List<String> lines = new ArrayList<>();
        int described = 0;
        for (String type : types(Path.of(args[2]))) {
            Optional<Path> model = model(models, type);
            if (model.isPresent()) {
                described++;
                describe(
                        type,
                        Files.readString(model.get(), StandardCharsets.UTF_8),
                        comments.getOrDefault(type.replace('/', '.'), Map.of()),
                        lines);
            }
        }
        if (described < TYPES_MIN) {
            throw new IllegalStateException("only " + described + " types of the schema have a model in " + models);
        }
        Files.createDirectories(out.getParent());
        Files.write(out, lines, StandardCharsets.UTF_8);
    }

    private static List<String> types(Path table) throws IOException {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.startsWith(" "))
                    .map(line -> line.split(" ", 2)[0])
                    .toList();
        }
    }

    /** The client calls {@code api/core/v1.Pod} V1Pod, and, where two groups have the same name, CoreV1Event. */
    private static Optional<Path> model(Path models, String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        String[] path = type.substring(0, type.lastIndexOf('.')).split("/");
        String version = capitalised(path[path.length - 1]);
        String group = capitalised(path[path.length - 2]);
        return Stream.of(group + version + name, version + name)
                .map(each -> models.resolve(each + ".java"))
                .filter(Files::exists)
                .findFirst();
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Of each message, by its name, what is said of each field. */
    private static Map<String, Map<String, String>> comments(Path jar) throws IOException {
        Map<String, Map<String, String>> comments = new HashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".java")) {
                    String source = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    readMessages(source, comments);
                }
            }
        }
        return comments;
    }

    private static void readMessages(String source, Map<String, Map<String, String>> comments) {
        Matcher message = MESSAGE.matcher(source);
        while (message.find()) {
            // The interface ends with the first brace at its own depth.
            int end = source.indexOf("\n  }\n", message.end());
            Map<String, String> fields = comments.computeIfAbsent(message.group(1), none -> new HashMap<>());
            Matcher comment = COMMENT.matcher(source).region(message.end(), end);
            while (comment.find()) {
                fields.putIfAbsent(comment.group(2), prose(comment.group(1)));
            }
        }
    }

    /** A comment without the marks for the original's own generators, on one line. */
    private static String prose(String comment) {
        return comment.lines()
                .map(line -> line.strip().replaceFirst("^\\* ?", ""))
                .takeWhile(line -> !line.equals("---"))
                .filter(line -> !line.startsWith("+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#64;", "@")
                .replace("&#47;", "/")
                .replace("&#42;", "*")
                .replace("&#92;", "\\")
                .replace("&amp;", "&");
    }

    private static void describe(String type, String source, Map<String, String> comments, List<String> lines) {
        Matcher model = MODEL.matcher(source);
        lines.add((type + " " + (model.find() ? text(model.group(1)) : "")).strip());
        // Names and annotations come in the same order.
        List<String> names = all(NAME, source);
        List<String> values = all(PROPERTY, source);
        if (names.size() != values.size()) {
            throw new IllegalStateException(type + " has " + names.size() + " names and " + values.size() + " properties");
        }
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), values.get(i));
        }
        fields.forEach((name, value) -> {
            String description = value.isBlank() ? comments.getOrDefault(name, "") : text(value);
            if (!description.isBlank()) {
                lines.add(" " + name + " " + description);
            }
        });
    }

    private static List<String> all(Pattern pattern, String source) {
        return pattern.matcher(source).results().map(found -> found.group(1)).toList();
    }

    /** The text of a Java literal, on one line. */
    private static String text(String literal) {
        return literal.translateEscapes().replace('\n', ' ').replace('\t', ' ').strip();
    }
}
