// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the descriptions of types and fields out of the sources of a published client and writes them beside the schema table,
 * whose types they describe. The build runs it; what it writes is never committed.
 *
 * <p>Usage: {@code java ExtractDescriptions.java <folder with the client's model sources> <types.txt> <file to write>}
 *
 * <p>The output has a line {@code <type>} for each type and below it, indented, a line {@code <field> <description>} for each
 * field; the type's own description follows the type's name.
 */
final class ExtractDescriptions {
    private static final Pattern MODEL = Pattern.compile("@ApiModel\\(description = \"((?:[^\"\\\\]++|\\\\.)*+)\"\\)");
    private static final Pattern NAME = Pattern.compile("String SERIALIZED_NAME_[\\w$]+ = \"((?:[^\"\\\\]++|\\\\.)*+)\";");
    private static final Pattern PROPERTY =
            Pattern.compile("@ApiModelProperty\\((?:required = true, )?value = \"((?:[^\"\\\\]++|\\\\.)*+)\"");

    /** Fewer types than this with a description mean that the sources are not what they were. */
    private static final int TYPES_MIN = 500;

    private ExtractDescriptions() {}

    public static void main(String[] args) throws IOException {
        Path models = Path.of(args[0]);
        Path out = Path.of(args[2]);
        if (!Files.isDirectory(models)) {
            throw new IllegalStateException("The descriptions for kubectl explain come from the sources of"
                    + " io.kubernetes:client-java-api, which Maven should have unpacked to " + models
                    + ". Build once with access to an artifact repository.");
        }
        List<String> lines = new ArrayList<>();
        int described = 0;
        for (String type : types(Path.of(args[1]))) {
            Optional<Path> model = model(models, type);
            if (model.isPresent()) {
                described++;
                describe(type, Files.readString(model.get(), StandardCharsets.UTF_8), lines);
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
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private static void describe(String type, String source, List<String> lines) {
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
            if (!value.isBlank()) {
                lines.add(" " + name + " " + text(value));
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
