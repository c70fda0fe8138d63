// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/**
 * A JSON value.
 *
 * <p>Objects and arrays are mutable and not safe for use by several threads; the rest is immutable. Equality is by content:
 * members of objects in any order, numbers by value.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {
    /** A copy that shares nothing mutable with this value. */
    JsonValue deepCopy();
}
