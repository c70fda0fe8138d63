// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.codec.MalformedYamlException;
import io.fairlead.apiserver.internal.codec.YamlReader;
import io.fairlead.apiserver.internal.registry.DeleteOptions;
import io.fairlead.apiserver.internal.registry.ObjectType;
import io.fairlead.apiserver.internal.registry.Resources;
import io.fairlead.apiserver.internal.schema.Decoded;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.MalformedProtobufException;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads how to delete: from the body if there is one, else from the query. */
final class DeleteRequests {
    private static final String KIND = "DeleteOptions";

    private final ObjectType type;

    DeleteRequests(Resources resources) {
        this.type = resources.type(new GroupVersionKind("", "v1", KIND));
    }

    /**
     * The options of a request.
     *
     * @throws StatusException if they are not what they should be
     */
    DeleteOptions options(ApiRequest request, Query query) {
        return request.body().length > 0 ? checked(fromBody(request)) : fromQuery(query);
    }

    private JsonObject fromBody(ApiRequest request) {
        byte[] body = request.body();
        try {
            return switch (Bodies.mediaType(request.header("content-type"))) {
                case "", "application/json" -> decoded(JsonReader.read(body));
                case "application/yaml" -> decoded(YamlReader.read(body, duplicate -> {}));
                case "application/vnd.kubernetes.protobuf" -> fromProtobuf(body);
                default -> throw Bodies.unsupported();
            };
        } catch (MalformedJsonException e) {
            throw ApiStatus.badRequest("couldn't get version/kind; json parse error: " + e.getMessage())
                    .exception();
        } catch (MalformedYamlException | MalformedProtobufException e) {
            throw ApiStatus.badRequest(String.valueOf(e.getMessage())).exception();
        }
    }

    private JsonObject fromProtobuf(byte[] body) {
        Protobuf.Envelope envelope = Protobuf.open(body);
        checkKind(envelope.kind().apiVersion(), envelope.kind().kind());
        return Protobuf.decode(type.kind(), envelope.message());
    }

    private JsonObject decoded(JsonValue tree) {
        Bodies.typeMetaProblem(tree).ifPresent(problem -> {
            throw ApiStatus.badRequest("couldn't get version/kind; json parse error: json: cannot unmarshal " + problem)
                    .exception();
        });
        JsonObject object = tree instanceof JsonObject found ? found : new JsonObject();
        checkKind(object.text("apiVersion"), object.text("kind"));
        // What decoding leaves out because it is empty was said all the same.
        Optional<String> propagation = Optional.ofNullable(object.textOrNull("propagationPolicy"));
        Optional<String> uid =
                Optional.ofNullable(object.objectOrEmpty("preconditions").textOrNull("uid"));
        return switch (type.decode(object, List.of())) {
            case Decoded.Refused(String message) ->
                throw ApiStatus.badRequest(message).exception();
            case Decoded.Accepted(JsonObject options, var ignored) -> {
                propagation.ifPresent(text -> options.put("propagationPolicy", text));
                uid.ifPresent(text -> options.child("preconditions").put("uid", text));
                yield options;
            }
        };
    }

    /** Each group has options of its own, and all are the same. */
    private static void checkKind(String apiVersion, String kind) {
        if (!kind.isEmpty() && !kind.equals(KIND)) {
            GroupVersionKind sent = GroupVersionKind.of(apiVersion.isEmpty() ? "v1" : apiVersion, kind);
            throw ApiStatus.badRequest(Bodies.notRegistered(sent)).exception();
        }
    }

    private static DeleteOptions fromQuery(Query query) {
        JsonObject options = new JsonObject();
        OptionalLong grace = RequestOptions.number(query, "gracePeriodSeconds");
        grace.ifPresent(seconds -> options.put("gracePeriodSeconds", seconds));
        if (query.has("propagationPolicy")) {
            options.put("propagationPolicy", query.text("propagationPolicy"));
        }
        if (query.has("orphanDependents")) {
            options.put("orphanDependents", query.flag("orphanDependents"));
        }
        for (String name : List.of("uid", "resourceVersion")) {
            if (query.has(name)) {
                options.child("preconditions").put(name, query.text(name));
            }
        }
        query.all("dryRun").forEach(each -> options.childArray("dryRun").add(each));
        return checked(options);
    }

    /** The options that {@code tree}, of the kind {@code DeleteOptions}, says. */
    static DeleteOptions checked(JsonObject tree) {
        List<FieldError> errors = new ArrayList<>();
        Optional<String> propagation = optionalText(tree, "propagationPolicy");
        Optional<Boolean> orphan =
                tree.get("orphanDependents") instanceof JsonBoolean flag ? Optional.of(flag.value()) : Optional.empty();
        if (propagation.isPresent() && orphan.isPresent()) {
            errors.add(error(
                    FieldError.Kind.INVALID,
                    propagation.get(),
                    "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (propagation.isPresent() && !isPropagation(propagation.get())) {
            errors.add(error(
                    FieldError.Kind.NOT_SUPPORTED,
                    propagation.get(),
                    "supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""));
        }
        List<String> dryRun = tree.texts("dryRun");
        if (dryRun.stream().anyMatch(each -> !each.equals("All"))) {
            errors.add(new FieldError(
                    FieldError.Kind.NOT_SUPPORTED, "dryRun", tree.arrayOrEmpty("dryRun"), "supported values: \"All\""));
        }
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid("meta.k8s.io", KIND, "", errors).exception();
        }
        JsonObject preconditions = tree.objectOrEmpty("preconditions");
        return new DeleteOptions(
                tree.get("gracePeriodSeconds") instanceof JsonNumber number
                        ? OptionalLong.of(number.longValue())
                        : OptionalLong.empty(),
                propagation,
                orphan,
                optionalText(preconditions, "uid"),
                optionalText(preconditions, "resourceVersion"),
                !dryRun.isEmpty());
    }

    private static FieldError error(FieldError.Kind kind, String value, String detail) {
        return new FieldError(kind, "propagationPolicy", new JsonString(value), detail);
    }

    private static boolean isPropagation(String text) {
        return text.equals("Foreground") || text.equals("Background") || text.equals("Orphan");
    }

    private static Optional<String> optionalText(JsonObject object, String name) {
        return Optional.ofNullable(object.textOrNull(name));
    }
}
