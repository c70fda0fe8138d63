// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Fields that take a number or a percentage, such as {@code maxSurge}. */
public final class IntOrPercent {
    private static final String FORM = "a valid percent string must be a numeric string followed by an ending '%'"
            + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    private IntOrPercent() {}

    /** Complains if {@code value} is neither a percentage nor a number that is not negative. */
    public static void validate(@Nullable JsonValue value, FieldPath path, FieldErrors errors) {
        if (value instanceof JsonString text) {
            if (percent(text).isEmpty()) {
                errors.invalid(path, text, FORM);
            }
        } else {
            errors.nonnegative(path, number(value));
        }
    }

    /** Complains if {@code value} is a percentage of more than 100. */
    public static void atMostAll(@Nullable JsonValue value, FieldPath path, FieldErrors errors) {
        if (percent(value).orElse(0) > 100) {
            errors.invalid(path, value, "must not be greater than 100%");
        }
    }

    /** The percentage that {@code value} is; empty if it is none. */
    public static OptionalLong percent(@Nullable JsonValue value) {
        if (!(value instanceof JsonString string)) {
            return OptionalLong.empty();
        }
        String text = string.value();
        int digits = text.length() - 1;
        if (digits < 1 || digits > 9 || text.charAt(digits) != '%') {
            return OptionalLong.empty();
        }
        long percent = 0;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            percent = percent * 10 + (c - '0');
        }
        return OptionalLong.of(percent);
    }

    /** The number that {@code value} is, or that stands before its percent sign; zero for anything else. */
    public static long numberOrPercent(@Nullable JsonValue value) {
        return percent(value).orElseGet(() -> number(value));
    }

    private static long number(@Nullable JsonValue value) {
        return value instanceof JsonNumber number ? number.longValue() : 0;
    }
}
