// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one object. For one thread; costs nothing as long as nothing is wrong. */
public final class FieldErrors {
    private @Nullable List<FieldError> errors;

    /** What was collected so far, in order. */
    public List<FieldError> toList() {
        return errors == null ? List.of() : errors;
    }

    /** How many there are. */
    public int size() {
        return errors == null ? 0 : errors.size();
    }

    public void required(FieldPath path, String detail) {
        add(FieldError.Kind.REQUIRED, path, null, detail);
    }

    public void invalid(FieldPath path, @Nullable JsonValue value, String detail) {
        add(FieldError.Kind.INVALID, path, value, detail);
    }

    public void invalid(FieldPath path, String value, String detail) {
        add(FieldError.Kind.INVALID, path, new JsonString(value), detail);
    }

    public void invalid(FieldPath path, long value, String detail) {
        add(FieldError.Kind.INVALID, path, JsonNumber.of(value), detail);
    }

    /** The value is wrong, but the message does not quote it. */
    public void invalidUnquoted(FieldPath path, String detail) {
        add(FieldError.Kind.INVALID, path, FieldError.UNQUOTED, detail);
    }

    /** One error for each of {@code problems}, which are details. */
    public void invalid(FieldPath path, String value, List<String> problems) {
        for (String problem : problems) {
            invalid(path, value, problem);
        }
    }

    public void forbidden(FieldPath path, String detail) {
        add(FieldError.Kind.FORBIDDEN, path, null, detail);
    }

    public void duplicate(FieldPath path, JsonValue value) {
        add(FieldError.Kind.DUPLICATE, path, value, "");
    }

    public void duplicate(FieldPath path, String value) {
        duplicate(path, new JsonString(value));
    }

    public void duplicate(FieldPath path, JsonValue value, String detail) {
        add(FieldError.Kind.DUPLICATE, path, value, detail);
    }

    public void notFound(FieldPath path, String value) {
        add(FieldError.Kind.NOT_FOUND, path, new JsonString(value), "");
    }

    public void notFound(FieldPath path, String value, String detail) {
        add(FieldError.Kind.NOT_FOUND, path, new JsonString(value), detail);
    }

    public void tooLong(FieldPath path, int bytesMax) {
        add(FieldError.Kind.TOO_LONG, path, null, "may not be more than " + bytesMax + " bytes");
    }

    public void tooMany(FieldPath path, int actual, int most) {
        add(
                FieldError.Kind.TOO_MANY,
                path,
                JsonNumber.of(actual),
                "must have at most " + most + (most == 1 ? " item" : " items"));
    }

    public void internal(FieldPath path, String detail) {
        add(FieldError.Kind.INTERNAL, path, null, detail);
    }

    /** {@code value} is none of {@code supported}, which are named in the order given. */
    public void unsupported(FieldPath path, String value, List<String> supported) {
        unsupported(path, new JsonString(value), supported);
    }

    public void unsupported(FieldPath path, JsonValue value, List<String> supported) {
        StringBuilder detail = new StringBuilder();
        for (String each : supported) {
            detail.append(detail.isEmpty() ? "supported values: " : ", ").append(GoText.quote(each));
        }
        add(FieldError.Kind.NOT_SUPPORTED, path, value, detail.toString());
    }

    /** Complains if {@code value} is none of {@code supported}. */
    public void oneOf(FieldPath path, String value, List<String> supported) {
        if (!supported.contains(value)) {
            unsupported(path, value, supported);
        }
    }

    /** Complains if {@code value} is negative. */
    public void nonnegative(FieldPath path, long value) {
        if (value < 0) {
            invalid(path, value, "must be greater than or equal to 0");
        }
    }

    public void addAll(List<FieldError> more) {
        for (FieldError error : more) {
            list().add(error);
        }
    }

    private void add(FieldError.Kind kind, FieldPath path, @Nullable JsonValue value, String detail) {
        list().add(new FieldError(kind, path.toString(), value, detail));
    }

    private List<FieldError> list() {
        List<FieldError> present = errors;
        if (present == null) {
            present = new ArrayList<>(4);
            errors = present;
        }
        return present;
    }
}
