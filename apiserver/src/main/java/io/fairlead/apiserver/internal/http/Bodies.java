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
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
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

    private static final String JSON = "application/json";

    /** How much of a body that cannot be read is quoted. */
    private static final int QUOTED_BYTES_MAX = 30;

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
        Body body = tree(request, type.kind().kind());
        GroupVersionKind sent = checkKind(body, type.kind(), request.body());
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
     */
    private record Body(JsonValue tree, List<String> duplicates, List<String> lines) {}

    private static Body tree(ApiRequest request, String wanted) {
        byte[] bytes = request.body();
        List<String> problems = new ArrayList<>();
        String type = request.headers().containsKey("content-type") ? mediaType(request.header("content-type")) : JSON;
        switch (type) {
            case JSON -> {
                try {
                    return new Body(JsonReader.read(bytes, problems::add), problems, List.of());
                } catch (MalformedJsonException e) {
                    throw unrecognized(wanted, "couldn't get version/kind; json parse error: " + e.getMessage(), bytes);
                }
            }
            case "application/yaml" -> {
                try {
                    return new Body(YamlReader.read(bytes, problems::add), List.of(), problems);
                } catch (MalformedYamlException e) {
                    throw unrecognized(wanted, String.valueOf(e.getMessage()), bytes);
                }
            }
            default -> throw new ApiStatus(415, "UnsupportedMediaType", ACCEPTED, null).exception();
        }
    }

    /**
     * The object that an apply brings, which may leave out whatever its manager does not care about; not decoded.
     *
     * @throws StatusException if it is none
     */
    static JsonObject applied(ApiRequest request) {
        try {
            return YamlReader.read(request.body(), duplicate -> {}) instanceof JsonObject object
                    ? object
                    : new JsonObject();
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
                ? new String(body, 0, length, java.nio.charset.StandardCharsets.UTF_8)
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
        if (sent.equals(wanted)) {
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

    /** What Go says of a kind that nobody has registered. */
    static String notRegistered(GroupVersionKind kind) {
        return "no kind \"" + kind.kind() + "\" is registered for version \"" + kind.apiVersion() + "\"" + SCHEME;
    }

    private static String packageOf(GroupVersionKind kind) {
        return kind.version();
    }

    /** What Go says of a tree that cannot tell its kind; empty if it can. */
    private static Optional<String> typeMetaProblem(JsonValue tree) {
        return switch (tree) {
            case JsonNull ignored -> Optional.empty();
            case JsonArray ignored -> Optional.of("array into Go value of type " + TYPE_META);
            case JsonString ignored -> Optional.of("string into Go value of type " + TYPE_META);
            case JsonNumber ignored -> Optional.of("number into Go value of type " + TYPE_META);
            case JsonBoolean ignored -> Optional.of("bool into Go value of type " + TYPE_META);
            case JsonObject object -> memberProblem(object, "apiVersion").or(() -> memberProblem(object, "kind"));
        };
    }

    private static Optional<String> memberProblem(JsonObject object, String name) {
        String found =
                switch (object.get(name)) {
                    case null -> "";
                    case JsonString ignored -> "";
                    case JsonNull ignored -> "";
                    case JsonObject ignored -> "object";
                    case JsonArray ignored -> "array";
                    case JsonNumber ignored -> "number";
                    case JsonBoolean ignored -> "bool";
                };
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found + " into Go struct field ." + name + " of type string");
    }

    /** Without parameters, in lower case. */
    static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
