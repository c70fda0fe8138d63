// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an object.
 *
 * <p>{@link #toString} and {@link #body} give the texts that clients see, in the form of upstream's
 * {@code k8s.io/apimachinery/pkg/util/validation/field}.
 *
 * @param path such as {@code spec.containers[0].name}
 * @param badValue what stands there, if the message is to quote it; Go prints strings quoted, other values as JSON-like text
 * @param detail what is expected; may be empty
 */
public record FieldError(Kind kind, String path, @Nullable JsonValue badValue, String detail) {
    /** The kinds of problems, with the reason that goes into a status cause and the words in the message. */
    public enum Kind {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        NOT_FOUND("FieldValueNotFound", "Not found"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
        INTERNAL("InternalError", "Internal error");

        private final String reason;
        private final String words;

        Kind(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        /** The {@code reason} of the cause in a {@code Status}. */
        public String reason() {
            return reason;
        }
    }

    /** Stands for a value that is not to be quoted, whatever the kind of problem. Compared by identity. */
    static final JsonValue UNQUOTED = new JsonObject();

    public FieldError {
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        requireNonNull(detail, "detail");
    }

    /** The {@code message} of the cause in a {@code Status}: everything but the path. */
    public String body() {
        StringBuilder text = new StringBuilder(kind.words);
        boolean quotes =
                switch (kind) {
                    case REQUIRED, FORBIDDEN, TOO_LONG, INTERNAL -> false;
                    case INVALID, TYPE_INVALID, NOT_SUPPORTED, NOT_FOUND, DUPLICATE, TOO_MANY -> true;
                };
        if (quotes && badValue != UNQUOTED) {
            text.append(": ").append(quoted());
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    /** The whole sentence: path and {@link #body}. */
    @Override
    public String toString() {
        return path + ": " + body();
    }

    private String quoted() {
        if (badValue == null) {
            return "null";
        }
        return badValue instanceof JsonString string ? GoText.quote(string.value()) : GoText.json(badValue);
    }
}
