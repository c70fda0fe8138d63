// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of types as the generator writes it: one line per type, one indented line per field, words separated by blanks.
 *
 * <p>Loading finds where each type begins and nothing else; a type's lines are read when somebody asks for its fields. The
 * format is described with the generator, in {@code apiserver/tools/schema-table}.
 */
final class TypeTable {
    /** Structs that write themselves as one JSON value. */
    private static final Map<String, TypeRef.Kind> SPECIAL = Map.ofEntries(
            Map.entry("apimachinery/pkg/api/resource.Quantity", TypeRef.Kind.QUANTITY),
            Map.entry("apimachinery/pkg/apis/meta/v1.Time", TypeRef.Kind.TIME),
            Map.entry("apimachinery/pkg/apis/meta/v1.MicroTime", TypeRef.Kind.MICRO_TIME),
            Map.entry("apimachinery/pkg/apis/meta/v1.Duration", TypeRef.Kind.DURATION),
            Map.entry("apimachinery/pkg/apis/meta/v1.FieldsV1", TypeRef.Kind.FIELDS_V1),
            Map.entry("apimachinery/pkg/runtime.RawExtension", TypeRef.Kind.RAW_EXTENSION),
            Map.entry("apimachinery/pkg/util/intstr.IntOrString", TypeRef.Kind.INT_OR_STRING),
            Map.entry("apiextensions-apiserver/pkg/apis/apiextensions/v1.JSON", TypeRef.Kind.JSON),
            Map.entry(
                    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrArray",
                    TypeRef.Kind.SCHEMA_OR_ARRAY),
            Map.entry(
                    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool",
                    TypeRef.Kind.SCHEMA_OR_BOOL),
            Map.entry(
                    "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrStringArray",
                    TypeRef.Kind.SCHEMA_OR_STRINGS));

    private static final Map<String, TypeRef.Kind> PLAIN = Map.of(
            "string", TypeRef.Kind.STRING,
            "bool", TypeRef.Kind.BOOL,
            "int32", TypeRef.Kind.INT32,
            "int64", TypeRef.Kind.INT64,
            "float64", TypeRef.Kind.FLOAT64,
            "bytes", TypeRef.Kind.BYTES);

    private final String text;
    private final Map<String, Integer> lineStarts;
    private final Map<String, StructType> types = new ConcurrentHashMap<>();

    TypeTable(byte[] content) {
        this.text = new String(content, StandardCharsets.ISO_8859_1);
        this.lineStarts = new HashMap<>(2_000);
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            if (text.charAt(at) != ' ') {
                int blank = text.indexOf(' ', at);
                lineStarts.put(text.substring(at, blank < 0 || blank > end ? end : blank), at);
            }
            at = end + 1;
        }
    }

    /** Changes whenever anything in the table does. */
    String fingerprint() {
        return Integer.toHexString(text.hashCode()) + "-" + text.length();
    }

    /** The type called {@code name}, or null if the table has none. */
    @Nullable
    StructType type(String name) {
        StructType known = types.get(name);
        Integer line = lineStarts.get(name);
        if (known != null || line == null) {
            return known;
        }
        List<String> words = words(line);
        StructType read =
                new StructType(name, line, words.contains("map=atomic"), !words.contains("nodefinition"), this);
        StructType first = types.putIfAbsent(name, read);
        return first == null ? read : first;
    }

    /** The fields as they are declared, an inlined struct as one field without a name. */
    List<Field> fields(StructType type) {
        List<Field> fields = new ArrayList<>();
        int at = next(type.line());
        while (at < text.length() && text.charAt(at) == ' ') {
            fields.add(new FieldLine(words(at + 1)).field());
            at = next(at);
        }
        return fields;
    }

    /** The names of the required fields in the order of OpenAPI. */
    List<String> required(StructType type) {
        for (String word : words(type.line())) {
            if (word.startsWith("required=")) {
                return List.of(word.substring("required=".length()).split(",", -1));
            }
        }
        return type.fields().stream().filter(Field::required).map(Field::name).toList();
    }

    /** The unions that OpenAPI declares on {@code type}, if any. */
    Optional<JsonValue> unions(StructType type) {
        for (String word : words(type.line())) {
            if (word.startsWith("unions=")) {
                return Optional.of(
                        JsonReader.read(word.substring("unions=".length()).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }

    private int next(int lineStart) {
        return text.indexOf('\n', lineStart) + 1;
    }

    private List<String> words(int lineStart) {
        List<String> words = new ArrayList<>();
        int end = text.indexOf('\n', lineStart);
        int at = lineStart;
        while (at < end) {
            int blank = text.indexOf(' ', at);
            int wordEnd = blank < 0 || blank > end ? end : blank;
            words.add(text.substring(at, wordEnd));
            at = wordEnd + 1;
        }
        return words;
    }

    /** One line of a field, taken apart. */
    private final class FieldLine {
        private final List<String> words;
        private final String flags;

        FieldLine(List<String> words) {
            this.words = words;
            this.flags = words.get(2);
        }

        Field field() {
            String name = words.get(0).equals("-") ? "" : words.get(0);
            TypeRef type = type(words.get(3), word("go").orElse(""));
            return new Field(
                    name,
                    type,
                    omit(type),
                    flags.contains("p"),
                    flags.contains("r"),
                    Integer.parseInt(words.get(1)),
                    word("patch").orElse(""),
                    word("key").orElse(""),
                    word("list"),
                    split(word("keys")),
                    word("map"),
                    defaultValue(type),
                    split(word("enum").map(each -> each.replace("%20", " "))),
                    format(type),
                    flags.contains("u"));
        }

        /** What the line says of {@code key}. */
        private Optional<String> word(String key) {
            for (int i = 4; i < words.size(); i++) {
                String each = words.get(i);
                if (each.startsWith(key) && each.charAt(key.length()) == '=') {
                    return Optional.of(each.substring(key.length() + 1));
                }
            }
            return Optional.empty();
        }

        private List<String> split(Optional<String> word) {
            return word.map(each -> List.of(each.split(",", -1))).orElse(List.of());
        }

        /** Go's {@code omitempty} never leaves out a struct that is no pointer. */
        private Field.Omit omit(TypeRef type) {
            boolean struct = type instanceof TypeRef.Struct
                    || (type instanceof TypeRef.Scalar scalar && !PLAIN.containsValue(scalar.kind()));
            if (flags.contains("z")) {
                return Field.Omit.ZERO;
            }
            return flags.contains("e") && (flags.contains("p") || !struct) ? Field.Omit.EMPTY : Field.Omit.NEVER;
        }

        private TypeRef type(String written, String goName) {
            boolean wrapped = written.startsWith("wrapped");
            String bare = wrapped ? written.substring("wrapped".length()) : written;
            if (bare.startsWith("[]")) {
                TypeRef items = type(bare.substring(2), goName.startsWith("[]") ? goName.substring(2) : "");
                String name = goName.isEmpty() ? "[]" + items.goName() : goName;
                TypeRef.ListType listType = listType();
                return new TypeRef.ListOf(
                        items, listType, listType == TypeRef.ListType.MAP ? mergeKeys() : List.of(), wrapped, name);
            }
            if (bare.startsWith("map[")) {
                TypeRef values = type(
                        bare.substring(bare.indexOf(']') + 1),
                        goName.startsWith("map[") ? goName.substring(goName.indexOf(']') + 1) : "");
                String name = goName.isEmpty() ? "map[string]" + values.goName() : goName;
                return new TypeRef.MapOf(values, word("map").equals(Optional.of("atomic")), name);
            }
            return leaf(bare, goName);
        }

        private TypeRef leaf(String name, String goName) {
            TypeRef.Kind plain = PLAIN.get(name);
            if (plain != null) {
                String usual = plain == TypeRef.Kind.BYTES ? "[]uint8" : name;
                return new TypeRef.Scalar(plain, goName.isEmpty() ? usual : goName);
            }
            TypeRef.Kind special = SPECIAL.get(name);
            if (special != null) {
                return new TypeRef.Scalar(special, name.substring(name.lastIndexOf('/') + 1));
            }
            StructType struct = TypeTable.this.type(name);
            if (struct == null) {
                // time.Time and the like, which occur only inside of the special ones.
                return new TypeRef.Scalar(TypeRef.Kind.JSON, name);
            }
            boolean onList = word("list").isPresent();
            Optional<String> declared = onList ? Optional.empty() : word("map");
            return new TypeRef.Struct(struct, declared.map("atomic"::equals).orElse(struct.atomic()));
        }

        /** What is declared, or else what server-side apply concludes from the strategy of strategic merge patches. */
        private TypeRef.ListType listType() {
            Optional<String> declared = word("list");
            if (declared.isPresent()) {
                return switch (declared.get()) {
                    case "map" -> TypeRef.ListType.MAP;
                    case "set" -> TypeRef.ListType.SET;
                    default -> TypeRef.ListType.ATOMIC;
                };
            }
            if (!word("patch").orElse("").startsWith("merge")) {
                return TypeRef.ListType.ATOMIC;
            }
            return word("key").isPresent() ? TypeRef.ListType.MAP : TypeRef.ListType.SET;
        }

        private List<String> mergeKeys() {
            List<String> declared = split(word("keys"));
            return declared.isEmpty() ? word("key").map(List::of).orElse(List.of()) : declared;
        }

        private Optional<JsonValue> defaultValue(TypeRef type) {
            Optional<String> written = word("default");
            if (written.isPresent()) {
                return written.get().equals("null")
                        ? Optional.empty()
                        : Optional.of(JsonReader.read(written.get().getBytes(StandardCharsets.UTF_8)));
            }
            boolean zero = !flags.contains("p") && !flags.contains("e") && !flags.contains("z");
            return zero && type instanceof TypeRef.Scalar scalar
                    ? scalar.kind().primitive().map(TypeRef.Primitive::zero)
                    : Optional.empty();
        }

        private Optional<String> format(TypeRef type) {
            Optional<String> written = word("format");
            if (written.isPresent()) {
                return written.filter(each -> !each.equals("none"));
            }
            return switch (type) {
                case TypeRef.Scalar scalar -> formatOf(scalar.kind());
                case TypeRef.ListOf list -> format(list.items());
                case TypeRef.MapOf map -> format(map.values());
                case TypeRef.Struct ignored -> Optional.empty();
            };
        }

        private static Optional<String> formatOf(TypeRef.Kind kind) {
            return kind == TypeRef.Kind.BYTES
                    ? Optional.of("byte")
                    : kind.primitive().map(TypeRef.Primitive::format).filter(format -> !format.isEmpty());
        }
    }
}
