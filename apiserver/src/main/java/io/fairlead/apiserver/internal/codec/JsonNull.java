// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/** The JSON {@code null}, which is not the same as an absent member. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public JsonNull deepCopy() {
        return this;
    }

    @Override
    public String toString() {
        return "null";
    }
}
