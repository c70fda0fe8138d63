// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/** A JSON {@code true} or {@code false}. */
public enum JsonBoolean implements JsonValue {
    /** {@code false}. */
    FALSE,
    /** {@code true}. */
    TRUE;

    /** The JSON value of {@code value}. */
    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Whether this is {@link #TRUE}. */
    public boolean value() {
        return this == TRUE;
    }

    @Override
    public JsonBoolean deepCopy() {
        return this;
    }

    @Override
    public String toString() {
        return this == TRUE ? "true" : "false";
    }
}
