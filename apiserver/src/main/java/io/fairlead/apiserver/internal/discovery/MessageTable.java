// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents of discovery as protobuf, by a table of what their messages consist of.
 *
 * <p>The table is read when it is made; the files say in what form they are. Any thread may call it.
 */
final class MessageTable {
    private static final String FOLDER = "/io/fairlead/apiserver/discovery/";

    /** All members that the message does not name. */
    private static final String OTHERS = "*";

    /** Members whose names begin like that. */
    private static final String EXTENSIONS = "x-";

    /** The value itself, or each of its items. */
    private static final String ITEMS = "[]";

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private record Member(String name, int number, String type, boolean repeated) {
        static Member parse(String word) {
            int equals = word.indexOf('=');
            int colon = word.indexOf(':', equals);
            String type = word.substring(colon + 1);
            boolean repeated = type.startsWith("[]");
            return new Member(
                    word.substring(0, equals),
                    Integer.parseInt(word.substring(equals + 1, colon)),
                    repeated ? type.substring(2) : type,
                    repeated);
        }
    }

    /** @param oneOf whether a value is one of the members, not a set of them */
    private record Message(boolean oneOf, List<Member> members, Set<String> names) {}

    private final Map<String, Message> messages = new HashMap<>();

    private MessageTable(String text) {
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", -1);
            boolean oneOf = words[0].endsWith("|");
            String name = oneOf ? words[0].substring(0, words[0].length() - 1) : words[0];
            List<Member> members = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 1; i < words.length; i++) {
                Member member = Member.parse(words[i]);
                members.add(member);
                names.add(member.name);
            }
            messages.put(name, new Message(oneOf, members, names));
        }
    }

    /** The table in {@code file}. */
    static MessageTable of(String file) {
        try (InputStream in = MessageTable.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + file);
            }
            return new MessageTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** {@code value} as the message {@code type}. */
    byte[] encode(String type, JsonValue value) {
        Message message = messages.get(type);
        if (message == null) {
            throw new IllegalStateException("no message " + type);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (message.oneOf) {
            Member chosen = chosen(message, value);
            if (chosen != null && value instanceof JsonBoolean flag) {
                // Which one it is must be seen, even if it says no.
                varint(out, (long) chosen.number << 3 | VARINT);
                varint(out, flag.value() ? 1 : 0);
            } else if (chosen != null) {
                write(out, chosen, value);
            }
        } else if (message.names.contains(ITEMS)) {
            Member item = message.members.getFirst();
            if (value instanceof JsonArray items) {
                items.forEach(each -> write(out, item, each));
            } else {
                write(out, item, value);
            }
        } else if (value instanceof JsonObject object) {
            message.members.forEach(member -> write(out, message, member, object));
        }
        return out.toByteArray();
    }

    /** Which of several a value is: by its form, by whether it refers to another, or by where a parameter stands. */
    private @Nullable Member chosen(Message message, JsonValue value) {
        return switch (value) {
            case JsonBoolean ignored -> ofType(message, "bool");
            case JsonNumber ignored -> ofType(message, "double");
            case JsonString ignored -> ofType(message, "string");
            case JsonObject object -> {
                Member reference = ofType(message, "JsonReference");
                reference = reference == null ? ofType(message, "Reference") : reference;
                if (reference != null) {
                    yield object.has("$ref") ? reference : message.members.getFirst();
                }
                yield parameter(message, object);
            }
            default -> null;
        };
    }

    private static @Nullable Member parameter(Message message, JsonObject object) {
        String place = object.text("in");
        for (Member member : message.members) {
            boolean fits = member.name.equals(place.equals("body") ? "bodyParameter" : "nonBodyParameter")
                    || member.name.equals(place + "ParameterSubSchema");
            if (fits && !place.isEmpty()) {
                return member;
            }
        }
        Member first = message.members.getFirst();
        boolean leaf = first.type.equals("double") || first.type.equals("bool");
        return leaf ? null : first;
    }

    private static @Nullable Member ofType(Message message, String type) {
        for (Member member : message.members) {
            if (member.type.equals(type)) {
                return member;
            }
        }
        return null;
    }

    private void write(ByteArrayOutputStream out, Message message, Member member, JsonObject object) {
        boolean extensions = member.name.equals(EXTENSIONS);
        if (extensions || member.name.equals(OTHERS)) {
            for (int i = 0; i < object.size(); i++) {
                String name = object.nameAt(i);
                boolean extension = message.names.contains(EXTENSIONS) && name.startsWith(EXTENSIONS);
                if (extension == extensions && !message.names.contains(name)) {
                    pair(out, member, name, object.valueAt(i));
                }
            }
            return;
        }
        JsonValue value = object.get(member.name);
        if (member.repeated && value instanceof JsonArray items) {
            items.forEach(each -> write(out, member, each));
        } else if (value != null) {
            write(out, member, value);
        }
    }

    private void pair(ByteArrayOutputStream out, Member member, String name, JsonValue value) {
        ByteArrayOutputStream pair = new ByteArrayOutputStream();
        bytes(pair, 1, name.getBytes(StandardCharsets.UTF_8));
        write(pair, new Member("value", 2, member.type, false), value);
        bytes(out, member.number, pair.toByteArray());
    }

    private void write(ByteArrayOutputStream out, Member member, JsonValue value) {
        switch (member.type) {
            case "string" -> {
                if (value instanceof JsonString text) {
                    bytes(out, member.number, text.value().getBytes(StandardCharsets.UTF_8));
                }
            }
            case "bool" -> {
                if (value instanceof JsonBoolean flag && flag.value()) {
                    varint(out, (long) member.number << 3 | VARINT);
                    varint(out, 1);
                }
            }
            case "int64" -> {
                if (value instanceof JsonNumber number && number.longValue() != 0) {
                    varint(out, (long) member.number << 3 | VARINT);
                    varint(out, number.longValue());
                }
            }
            case "double" -> {
                if (value instanceof JsonNumber number) {
                    varint(out, (long) member.number << 3 | FIXED64);
                    fixed(out, Double.doubleToLongBits(number.doubleValue()));
                }
            }
            case "Any" -> {
                ByteArrayOutputStream any = new ByteArrayOutputStream();
                // In YAML, of which JSON is a part.
                bytes(any, 2, (JsonWriter.text(value) + "\n").getBytes(StandardCharsets.UTF_8));
                bytes(out, member.number, any.toByteArray());
            }
            default -> bytes(out, member.number, encode(member.type, value));
        }
    }

    private static void bytes(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, (long) number << 3 | LENGTH_DELIMITED);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void fixed(ByteArrayOutputStream out, long bits) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (bits >>> shift));
        }
    }
}
