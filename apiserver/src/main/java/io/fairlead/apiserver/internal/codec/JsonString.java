// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import static java.util.Objects.requireNonNull;

/** A JSON string. */
public record JsonString(String value) implements JsonValue {
    /** The empty string. */
    public static final JsonString EMPTY = new JsonString("");

    public JsonString {
        requireNonNull(value, "value");
    }

    @Override
    public JsonString deepCopy() {
        return this;
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }
}
