// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.registry.ReadOptions;
import io.fairlead.apiserver.internal.registry.Strictness;
import io.fairlead.apiserver.internal.registry.WriteOptions;
import io.fairlead.apiserver.internal.selector.FieldSelector;
import io.fairlead.apiserver.internal.selector.LabelSelector;
import io.fairlead.apiserver.internal.selector.SelectorException;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads options of reads and writes from the query. Pure. */
final class RequestOptions {
    private static final int MANAGER_BYTES_MAX = 128;

    /** A span of time as Go writes it, such as {@code 1m30s}. */
    private static final Pattern GO_DURATION =
            Pattern.compile("[-+]?(0|(([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+)");

    private RequestOptions() {}

    static ReadOptions read(Query query) {
        OptionalLong limit = number(query, "limit");
        OptionalLong timeout = number(query, "timeoutSeconds");
        try {
            return new ReadOptions(
                    LabelSelector.parse(query.text("labelSelector")),
                    FieldSelector.parse(query.text("fieldSelector")),
                    query.text("resourceVersion"),
                    query.text("resourceVersionMatch"),
                    limit.orElse(0),
                    query.text("continue"),
                    timeout,
                    query.flag("watch"),
                    query.flag("allowWatchBookmarks"),
                    query.has("sendInitialEvents") ? String.valueOf(query.flag("sendInitialEvents")) : "");
        } catch (SelectorException e) {
            throw ApiStatus.badRequest(String.valueOf(e.getMessage())).exception();
        }
    }

    /**
     * Complains about a {@code timeout} that is no span of time.
     *
     * @throws StatusException 400 if it is none
     */
    static void checkTimeout(Query query) {
        String text = query.text("timeout");
        if (text.isEmpty() || GO_DURATION.matcher(text).matches()) {
            return;
        }
        boolean unitMissing = text.matches("[-+]?[0-9.]+");
        throw ApiStatus.badRequest("invalid timeout specified in the request URL - time: "
                        + (unitMissing ? "missing unit in duration " : "invalid duration ") + GoText.quote(text))
                .exception();
    }

    /** The value as an integer; empty if it is absent. */
    static OptionalLong number(Query query, String name) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ApiStatus.badRequest("strconv.ParseInt: parsing " + GoText.quote(text) + ": invalid syntax")
                    .exception();
        }
    }

    /**
     * The options of a write.
     *
     * @param kind of the options, for messages: {@code CreateOptions}
     * @param apply whether this is an apply, which must name its manager
     * @throws StatusException 422 if they are invalid
     */
    static WriteOptions write(Query query, String kind, boolean apply, String userAgent) {
        List<FieldError> errors = new ArrayList<>();
        if (kind.equals("PatchOptions")) {
            checkPatch(query, apply, errors);
        }
        String manager = query.text("fieldManager");
        checkManager(manager, errors);
        checkDryRun(query, errors);
        if (!isFieldValidation(query.text("fieldValidation"))) {
            errors.add(new FieldError(
                    FieldError.Kind.NOT_SUPPORTED,
                    "fieldValidation",
                    new JsonString(query.text("fieldValidation")),
                    "supported values: \"\", \"Ignore\", \"Strict\", \"Warn\""));
        }
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid("meta.k8s.io", kind, "", errors).exception();
        }
        boolean force = apply && query.flag("force");
        return new WriteOptions(
                query.has("dryRun"),
                ManagedFields.manager(manager, userAgent),
                force,
                Strictness.of(query.text("fieldValidation")));
    }

    /** The write options of a deletion, whose own are checked already. */
    static WriteOptions deletion(boolean dryRun, String userAgent) {
        return new WriteOptions(dryRun, ManagedFields.manager("", userAgent), false, Strictness.IGNORE);
    }

    private static void checkPatch(Query query, boolean apply, List<FieldError> errors) {
        if (!apply && query.has("force")) {
            errors.add(new FieldError(
                    FieldError.Kind.FORBIDDEN, "force", null, "may not be specified for non-apply patch"));
        }
        if (apply && query.text("fieldManager").isEmpty()) {
            errors.add(new FieldError(FieldError.Kind.REQUIRED, "fieldManager", null, "is required for apply patch"));
        }
    }

    private static void checkManager(String manager, List<FieldError> errors) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > MANAGER_BYTES_MAX) {
            errors.add(new FieldError(
                    FieldError.Kind.TOO_LONG,
                    "fieldManager",
                    null,
                    "may not be more than " + MANAGER_BYTES_MAX + " bytes"));
        }
        int position = 0;
        for (int point : manager.codePoints().toArray()) {
            if (!GoText.isPrintable(point)) {
                errors.add(new FieldError(
                        FieldError.Kind.INVALID,
                        "fieldManager",
                        new JsonString(manager),
                        String.format(Locale.ROOT, "invalid character U+%04X (at position %d)", point, position)));
            }
            position++;
        }
    }

    static void checkDryRun(Query query, List<FieldError> errors) {
        List<String> values = query.all("dryRun");
        if (values.stream().anyMatch(each -> !each.equals("All"))) {
            errors.add(new FieldError(
                    FieldError.Kind.NOT_SUPPORTED, "dryRun", JsonArray.ofStrings(values), "supported values: \"All\""));
        }
    }

    private static boolean isFieldValidation(String text) {
        return switch (text) {
            case "", "Ignore", "Strict", "Warn" -> true;
            default -> false;
        };
    }
}
