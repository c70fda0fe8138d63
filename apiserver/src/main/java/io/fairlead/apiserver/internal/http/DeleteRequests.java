// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.registry.DeleteOptions;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
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

    private DeleteRequests() {}

    /**
     * The options of a request.
     *
     * @throws StatusException if they are not what they should be
     */
    static DeleteOptions options(ApiRequest request, Query query) {
        return request.body().length > 0 ? checked(fromBody(request)) : fromQuery(query);
    }

    private static JsonObject fromBody(ApiRequest request) {
        try {
            return JsonReader.read(request.body()) instanceof JsonObject object
                    ? kindChecked(object)
                    : new JsonObject();
        } catch (MalformedJsonException e) {
            throw ApiStatus.badRequest("couldn't get version/kind; json parse error: " + e.getMessage())
                    .exception();
        }
    }

    private static JsonObject kindChecked(JsonObject object) {
        String apiVersion = object.text("apiVersion");
        String kind = object.text("kind");
        if (kind.isEmpty() || kind.equals(KIND)) {
            return object;
        }
        GroupVersionKind sent = GroupVersionKind.of(apiVersion.isEmpty() ? "v1" : apiVersion, kind);
        throw ApiStatus.badRequest(Bodies.notRegistered(sent)).exception();
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
