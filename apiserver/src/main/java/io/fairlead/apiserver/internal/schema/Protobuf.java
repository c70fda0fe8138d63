// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Objects of the built-in kinds as {@code application/vnd.kubernetes.protobuf}: four bytes that say so, then an envelope with
 * the kind and the object's message. Any thread may call it.
 */
public final class Protobuf {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private Protobuf() {}

    /**
     * An object out of its envelope, its message not yet read.
     *
     * @param kind as the envelope names it; parts may be empty, which the caller completes from the request
     * @param message for {@link #decode}
     */
    public record Envelope(GroupVersionKind kind, byte[] message) {}

    /** Whether protobuf has objects of {@code kind}: not of custom resources, and not tables. */
    public static boolean offers(GroupVersionKind kind) {
        return Schema.builtIn().type(kind).isPresent() && !kind.kind().equals("Table");
    }

    /**
     * A normalised object of a built-in kind, a list, an options object, a {@code Status} or partial metadata in its envelope.
     * Its {@code apiVersion} and {@code kind} say which.
     *
     * @throws IllegalArgumentException if protobuf has no such kind; ask {@link #offers} before
     */
    public static byte[] encode(JsonObject object) {
        return encode(GroupVersionKind.of(object.text("apiVersion"), object.text("kind")), object);
    }

    /** Like {@link #encode(JsonObject)}, of an object that does not say what it is. */
    public static byte[] encode(GroupVersionKind kind, JsonObject object) {
        return enveloped(kind, ProtobufEncoder.message(object, type(kind)));
    }

    private static StructType type(GroupVersionKind kind) {
        return Schema.builtIn()
                .type(kind)
                .orElseThrow(() -> new IllegalArgumentException("protobuf has no objects of the kind " + kind));
    }

    /** Opens the envelope. */
    public static Envelope open(byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedProtobufException("empty data");
        }
        if (bytes.length < MAGIC.length || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)) {
            throw new MalformedProtobufException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        if (bytes.length == MAGIC.length) {
            throw new MalformedProtobufException("empty body");
        }
        Map<Integer, byte[]> unknown =
                ProtobufDecoder.byteFields(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length));
        Map<Integer, byte[]> typeMeta = ProtobufDecoder.byteFields(unknown.getOrDefault(1, new byte[0]));
        GroupVersionKind kind = GroupVersionKind.of(text(typeMeta, 1), text(typeMeta, 2));
        return new Envelope(kind, unknown.getOrDefault(2, new byte[0]));
    }

    /**
     * The object in {@code message}, normalised, with {@code apiVersion} and {@code kind} of {@code kind}.
     *
     * @throws MalformedProtobufException if the message is not of that kind
     * @throws IllegalArgumentException if protobuf has no such kind; ask {@link #offers} before
     */
    public static JsonObject decode(GroupVersionKind kind, byte[] message) {
        StructType type = type(kind);
        JsonObject object = new JsonObject();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        ProtobufDecoder.message(message, type).forEach(object::put);
        if (kind.kind().endsWith("List") && type.field("items").isPresent()) {
            object.childArray("items"); // An empty list and none are the same in protobuf, and JSON wants a list.
        }
        return switch (ObjectDecoder.decode(object, type)) {
            case Decoded.Accepted accepted -> accepted.object();
            case Decoded.Refused refused -> throw new MalformedProtobufException(refused.message());
        };
    }

    /**
     * One event of a watch as {@code application/vnd.kubernetes.protobuf;stream=watch}: its length in four bytes, then the event.
     *
     * @param type such as {@code ADDED}
     * @param object in its envelope, as {@link #encode} makes it
     */
    public static byte[] frame(String type, byte[] object) {
        BackwardBuffer out = new BackwardBuffer();
        out.lengthAndBytes(object);
        out.tag(1, 2);
        out.varint(out.size());
        out.tag(2, 2);
        out.lengthAndText(type);
        out.tag(1, 2);
        int length = out.size();
        out.raw(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        return out.toBytes();
    }

    /** {@code message}, which somebody else has made, as an object of {@code kind}. */
    public static byte[] enveloped(GroupVersionKind kind, byte[] message) {
        BackwardBuffer out = new BackwardBuffer();
        out.lengthAndText("");
        out.tag(4, 2);
        out.lengthAndText("");
        out.tag(3, 2);
        out.lengthAndBytes(message);
        out.tag(2, 2);
        int before = out.size();
        out.lengthAndText(kind.kind());
        out.tag(2, 2);
        out.lengthAndText(kind.apiVersion());
        out.tag(1, 2);
        out.varint(out.size() - before);
        out.tag(1, 2);
        out.raw(MAGIC);
        return out.toBytes();
    }

    private static String text(Map<Integer, byte[]> fields, int number) {
        return new String(fields.getOrDefault(number, new byte[0]), StandardCharsets.UTF_8);
    }
}
