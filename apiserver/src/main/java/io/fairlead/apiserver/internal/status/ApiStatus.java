// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.status;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Status} of a request that was not granted.
 *
 * @param reason one of upstream's words for machines; empty if there is none, as with errors that upstream did not foresee
 * @param details null if there are none; an empty object is shown
 * @param continueToken where a list may go on in spite of this; usually empty
 */
public record ApiStatus(int code, String reason, String message, @Nullable JsonObject details, String continueToken) {
    public ApiStatus(int code, String reason, String message, @Nullable JsonObject details) {
        this(code, reason, message, details, "");
    }

    public ApiStatus {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
    }

    /** The exception that ends a request with this. */
    public StatusException exception() {
        return new StatusException(this);
    }

    /** There is no {@code name} of {@code resource}. */
    public static ApiStatus notFound(ResourceDefinition resource, String name) {
        return new ApiStatus(404, "NotFound", subject(resource, name) + " not found", details(resource, name));
    }

    /** The path names nothing that is served. */
    public static ApiStatus pathNotFound() {
        return new ApiStatus(404, "NotFound", "the server could not find the requested resource", new JsonObject());
    }

    /** The path is served, the method is not. */
    public static ApiStatus methodNotAllowed() {
        return new ApiStatus(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                new JsonObject());
    }

    public static ApiStatus alreadyExists(ResourceDefinition resource, String name) {
        return new ApiStatus(
                409, "AlreadyExists", subject(resource, name) + " already exists", details(resource, name));
    }

    /** The object changed since its reader read it. */
    public static ApiStatus modified(ResourceDefinition resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiStatus conflict(ResourceDefinition resource, String name, String why) {
        return conflict(resource.qualifiedName(), details(resource, name), name, why);
    }

    /** A conflict whose subject is named by {@code what}: a resource, a kind, or a subresource. */
    public static ApiStatus conflict(String what, JsonObject details, String name, String why) {
        return new ApiStatus(
                409, "Conflict", "Operation cannot be fulfilled on " + what + " \"" + name + "\": " + why, details);
    }

    public static ApiStatus badRequest(String message) {
        return new ApiStatus(400, "BadRequest", message, null);
    }

    public static ApiStatus forbidden(ResourceDefinition resource, String name, String why) {
        String subject = name.isEmpty() ? resource.qualifiedName() : subject(resource, name);
        return new ApiStatus(403, "Forbidden", subject + " is forbidden: " + why, details(resource, name));
    }

    /** Something went wrong that upstream has no reason for. */
    public static ApiStatus unexpected(String message) {
        return new ApiStatus(500, "", message, null);
    }

    /** The server itself failed. */
    public static ApiStatus internal(String message) {
        JsonObject details = new JsonObject().put("causes", JsonArray.of(new JsonObject().put("message", message)));
        return new ApiStatus(500, "InternalError", "Internal error occurred: " + message, details);
    }

    public static ApiStatus invalid(GroupVersionKind kind, String name, List<FieldError> errors) {
        return invalid(kind.group(), kind.kind(), name, errors);
    }

    /** 422 with a cause for each of {@code errors}; the message names each only once. */
    public static ApiStatus invalid(String group, String kind, String name, List<FieldError> errors) {
        JsonObject details = details(group, kind, name);
        details.put("causes", causes(errors));
        Set<String> sentences =
                errors.stream().map(FieldError::toString).collect(Collectors.toCollection(LinkedHashSet::new));
        String joined = String.join(", ", sentences);
        String what = group.isEmpty() ? kind : kind + "." + group;
        String message =
                what + " \"" + name + "\" is invalid: " + (sentences.size() == 1 ? joined : "[" + joined + "]");
        return new ApiStatus(422, "Invalid", message, details);
    }

    /** The revision asked for is forgotten. */
    public static ApiStatus expired(String message) {
        return new ApiStatus(410, "Expired", message, null);
    }

    /** A watch cannot begin after {@code wanted}, because changes up to {@code oldest} are forgotten. */
    public static ApiStatus tooOld(long wanted, long oldest) {
        return expired("too old resource version: " + wanted + " (" + oldest + ")");
    }

    /** The revision asked for does not exist yet. */
    public static ApiStatus tooLargeResourceVersion(long wanted, long current) {
        JsonObject cause =
                new JsonObject().put("reason", "ResourceVersionTooLarge").put("message", "Too large resource version");
        JsonObject details = new JsonObject().put("causes", JsonArray.of(cause)).put("retryAfterSeconds", 1);
        return new ApiStatus(
                504,
                "Timeout",
                "Timeout: Too large resource version: " + Long.toUnsignedString(wanted) + ", current: " + current,
                details);
    }

    public static ApiStatus tooLarge(String message) {
        return new ApiStatus(413, "RequestEntityTooLarge", message, null);
    }

    /** How long a client should wait before it tries again, in seconds; 0 if that is not said. */
    public long retryAfterSeconds() {
        return details == null ? 0 : details.number("retryAfterSeconds");
    }

    /** The same with a token for the rest of the list. */
    public ApiStatus continuing(String token) {
        return new ApiStatus(code, reason, message, details, token);
    }

    /** As it is sent. */
    public JsonObject toJson() {
        JsonObject metadata = new JsonObject();
        if (!continueToken.isEmpty()) {
            metadata.put("continue", continueToken);
        }
        JsonObject json = new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", metadata)
                .put("status", "Failure")
                .put("message", message);
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        if (details != null) {
            json.put("details", details);
        }
        return json.put("code", code);
    }

    /** Details that name an object of {@code resource}; an empty name is left out. */
    public static JsonObject details(ResourceDefinition resource, String name) {
        return details(resource.group(), resource.plural(), name);
    }

    /** Details with those parts that are not empty. */
    public static JsonObject details(String group, String kind, String name) {
        JsonObject details = new JsonObject();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        return details;
    }

    private static JsonArray causes(List<FieldError> errors) {
        List<JsonObject> causes = new ArrayList<>();
        for (FieldError error : errors) {
            causes.add(new JsonObject()
                    .put("reason", error.kind().reason())
                    .put("message", error.body())
                    .put("field", error.path()));
        }
        return JsonArray.of(causes);
    }

    private static String subject(ResourceDefinition resource, String name) {
        return resource.qualifiedName() + " \"" + name + "\"";
    }
}
