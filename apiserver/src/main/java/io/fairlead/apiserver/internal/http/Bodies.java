// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.codec.MalformedYamlException;
import io.fairlead.apiserver.internal.codec.YamlReader;
import io.fairlead.apiserver.internal.registry.ObjectType;
import io.fairlead.apiserver.internal.registry.RequestContext;
import io.fairlead.apiserver.internal.registry.Strictness;
import io.fairlead.apiserver.internal.schema.Decoded;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.MalformedProtobufException;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the objects that requests carry, and says what is wrong with them in upstream's words. */
final class Bodies {
    private static final String ACCEPTED =
            "the body of the request was in an unknown format - accepted media types include: application/json,"
                    + " application/yaml, application/vnd.kubernetes.protobuf";

    /** With which UTF-8 text may begin elsewhere, but not JSON. */
    private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

    private static final String JSON = "application/json";

    /** How much of a body that cannot be read is quoted. */
    private static final int QUOTED_BYTES_MAX = 30;

    /** Still taken, and the same but for its name. */
    private static final GroupVersionKind OLD_EVICTION = new GroupVersionKind("policy", "v1beta1", "Eviction");

    private static final String TYPE_META =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

    /** How upstream names the place that knows all kinds; its clients print it. */
    private static final String SCHEME = " in scheme \"pkg/runtime/scheme.go:111\"";

    private final Schema schema;

    Bodies(Schema schema) {
        this.schema = schema;
    }

    /**
     * The object in the body, decoded as one of {@code type}.
     *
     * @throws StatusException if it is none
     */
    JsonObject object(ApiRequest request, ObjectType type, Strictness strictness, RequestContext context) {
        Body body = tree(request, type.kind());
        GroupVersionKind sent = checkKind(body, type.kind(), request.body());
        if (body.decoded && body.tree instanceof JsonObject object) {
            return object;
        }
        return switch (type.decode(body.tree, body.duplicates)) {
            case Decoded.Refused(String message) -> throw unfit(sent, type.kind(), message);
            case Decoded.Accepted(JsonObject object, List<String> problems) -> {
                if (strictness == Strictness.STRICT && (!problems.isEmpty() || !body.lines.isEmpty())) {
                    throw unfit(sent, type.kind(), strictProblem(problems, body.lines));
                }
                if (strictness == Strictness.WARN) {
                    context.warn(body.lines);
                    context.warn(problems);
                }
                yield object;
            }
        };
    }

    private static String strictProblem(List<String> problems, List<String> lines) {
        List<String> all = new ArrayList<>(problems);
        if (!lines.isEmpty()) {
            all.addFirst("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
        }
        return "strict decoding error: " + String.join(", ", all);
    }

    private static StatusException unfit(GroupVersionKind sent, GroupVersionKind wanted, String why) {
        return ApiStatus.badRequest(sent.kind() + " in version \"" + sent.version() + "\" cannot be handled as a "
                        + wanted.kind() + ": " + why)
                .exception();
    }

    /**
     * What a body says.
     *
     * @param duplicates the paths of members that occur twice, for the decoder
     * @param lines what a reader of YAML says of them itself
     * @param decoded whether the tree is decoded already, which protobuf is by being read
     */
    private record Body(JsonValue tree, List<String> duplicates, List<String> lines, boolean decoded) {}

    private Body tree(ApiRequest request, GroupVersionKind kind) {
        String wanted = kind.kind();
        byte[] bytes = request.body();
        List<String> problems = new ArrayList<>();
        String type = request.headers().containsKey("content-type") ? mediaType(request.header("content-type")) : JSON;
        switch (type) {
            case JSON -> {
                if (bytes.length > 0 && bytes[0] == BYTE_ORDER_MARK) {
                    throw unrecognized(
                            wanted,
                            "couldn't get version/kind; json parse error: invalid character '\u00ef' looking for beginning of"
                                    + " value",
                            bytes);
                }
                try {
                    return new Body(JsonReader.read(bytes, problems::add), problems, List.of(), false);
                } catch (MalformedJsonException e) {
                    throw unrecognized(wanted, "couldn't get version/kind; json parse error: " + e.getMessage(), bytes);
                }
            }
            case "application/yaml" -> {
                try {
                    return new Body(YamlReader.read(bytes, problems::add), List.of(), problems, false);
                } catch (MalformedYamlException e) {
                    throw unrecognized(wanted, String.valueOf(e.getMessage()), bytes);
                }
            }
            case "application/vnd.kubernetes.protobuf" -> {
                return protobuf(bytes, kind);
            }
            default -> throw unsupported();
        }
    }

    /** Of a kind that is not the one wanted, only its name: it is refused for that. */
    private Body protobuf(byte[] bytes, GroupVersionKind wanted) {
        try {
            Protobuf.Envelope envelope = Protobuf.open(bytes);
            GroupVersionKind sent = envelope.kind();
            boolean unnamed = sent.kind().isEmpty();
            if (unnamed || sent.equals(wanted)) {
                return new Body(Protobuf.decode(wanted, envelope.message()), List.of(), List.of(), true);
            }
            JsonObject name =
                    new JsonObject().put("apiVersion", sent.apiVersion()).put("kind", sent.kind());
            return new Body(name, List.of(), List.of(), false);
        } catch (MalformedProtobufException e) {
            throw unrecognized(wanted.kind(), String.valueOf(e.getMessage()), bytes);
        }
    }

    /**
     * The object that an apply brings, which may leave out whatever its manager does not care about; not decoded.
     *
     * @throws StatusException if it is none
     */
    static JsonObject applied(ApiRequest request) {
        try {
            JsonValue tree = YamlReader.read(request.body(), duplicate -> {});
            if (tree instanceof JsonObject object) {
                return object;
            }
            if (tree instanceof JsonNull) {
                // Nothing at all is an object of no kind.
                return new JsonObject();
            }
            throw ApiStatus.badRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
                            + " unmarshal " + goName(tree) + " into Go value of type map[string]interface {}")
                    .exception();
        } catch (MalformedYamlException e) {
            throw ApiStatus.badRequest("error decoding YAML: error converting YAML to JSON: " + e.getMessage())
                    .exception();
        }
    }

    private static StatusException unrecognized(String wanted, String why, byte[] body) {
        return ApiStatus.badRequest("the object provided is unrecognized (must be of type " + wanted + "): " + why
                        + " (" + quoted(body) + ")")
                .exception();
    }

    /** The beginning of a body: as text if it looks like JSON, else in hexadecimal digits. */
    private static String quoted(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int length = Math.min(body.length, QUOTED_BYTES_MAX);
        String text = body[0] == '{'
                ? new String(body, 0, length, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(body, 0, length);
        return body.length > length ? text + " ..." : text;
    }

    /** What the body says it is, completed by what is wanted where it says nothing. */
    private GroupVersionKind checkKind(Body body, GroupVersionKind wanted, byte[] bytes) {
        typeMetaProblem(body.tree).ifPresent(problem -> {
            throw unrecognized(
                    wanted.kind(),
                    "couldn't get version/kind; json parse error: json: cannot unmarshal " + problem,
                    bytes);
        });
        JsonObject object = body.tree instanceof JsonObject found ? found : new JsonObject();
        String apiVersion = object.text("apiVersion");
        if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
            throw unrecognized(wanted.kind(), "unexpected GroupVersion string: " + apiVersion, bytes);
        }
        String kind = object.text("kind");
        GroupVersionKind sent = GroupVersionKind.of(
                apiVersion.isEmpty() ? wanted.apiVersion() : apiVersion, kind.isEmpty() ? wanted.kind() : kind);
        if (sent.equals(wanted) || (sent.equals(OLD_EVICTION) && wanted.kind().equals(sent.kind()))) {
            return sent;
        }
        if (!schema.isRegistered(sent)) {
            throw unfit(sent, wanted, notRegistered(sent));
        }
        if (!sent.kind().equals(wanted.kind())) {
            String into = wanted.group().isEmpty() ? "core" : wanted.group().split("\\.", 2)[0];
            throw unfit(
                    sent,
                    wanted,
                    "converting (" + packageOf(sent) + "." + sent.kind() + ") to (" + into + "." + wanted.kind()
                            + "): unknown conversion");
        }
        throw ApiStatus.badRequest("the API version in the data (" + sent.apiVersion()
                        + ") does not match the expected API version (" + wanted.apiVersion() + ")")
                .exception();
    }

    /** 415: nobody can read a body of this type. */
    static StatusException unsupported() {
        return new ApiStatus(415, "UnsupportedMediaType", ACCEPTED, null).exception();
    }

    /** What Go says of a kind that nobody has registered. */
    static String notRegistered(GroupVersionKind kind) {
        return "no kind \"" + kind.kind() + "\" is registered for version \"" + kind.apiVersion() + "\"" + SCHEME;
    }

    private static String packageOf(GroupVersionKind kind) {
        return kind.version();
    }

    /** What Go says of a tree that cannot tell its kind; empty if it can. */
    static Optional<String> typeMetaProblem(JsonValue tree) {
        if (tree instanceof JsonNull) {
            return Optional.empty();
        }
        return tree instanceof JsonObject object
                ? memberProblem(object, "apiVersion").or(() -> memberProblem(object, "kind"))
                : Optional.of(goName(tree) + " into Go value of type " + TYPE_META);
    }

    private static Optional<String> memberProblem(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value == null || value instanceof JsonString || value instanceof JsonNull
                ? Optional.empty()
                : Optional.of(goName(value) + " into Go struct field ." + name + " of type string");
    }

    private static String goName(JsonValue value) {
        return switch (value) {
            case JsonString ignored -> "string";
            case JsonNull ignored -> "null";
            case JsonObject ignored -> "object";
            case JsonArray ignored -> "array";
            case JsonNumber ignored -> "number";
            case JsonBoolean ignored -> "bool";
        };
    }

    /** Without parameters, in lower case. */
    static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
