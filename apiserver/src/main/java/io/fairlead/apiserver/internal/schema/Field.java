// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * One field of a struct. Immutable.
 *
 * @param name in JSON; empty for an inlined struct, which has no name in JSON but a number in protobuf
 * @param omit when the field is left out of JSON
 * @param pointer whether an absent value differs from a zero one
 * @param required whether OpenAPI lists it as required
 * @param number in protobuf, or 0 if protobuf does not have it
 * @param patchStrategy of strategic merge patches, such as {@code merge} or {@code merge,retainKeys}; may be empty
 * @param patchMergeKey the key of the items of a list that is merged; may be empty
 * @param listType as declared for server-side apply: {@code atomic}, {@code set}, {@code map}. What applies, declared or
 *     not, is in {@link TypeRef.ListOf}.
 * @param listMapKeys as declared with {@code map}
 * @param mapType as declared: {@code atomic} or {@code granular}. What applies is in {@link #type}.
 * @param defaultValue as OpenAPI v3 publishes it, which server-side apply uses to complete keys; for most fields that are
 *     always written it is their zero value
 * @param enumValues what the field, or each item, may be, as far as OpenAPI says; often empty
 * @param format as OpenAPI has it, of the field or its items
 * @param undocumented whether OpenAPI has no description of the field, and so shows a bare reference
 */
public record Field(
        String name,
        TypeRef type,
        Omit omit,
        boolean pointer,
        boolean required,
        int number,
        String patchStrategy,
        String patchMergeKey,
        Optional<String> listType,
        List<String> listMapKeys,
        Optional<String> mapType,
        Optional<JsonValue> defaultValue,
        List<String> enumValues,
        Optional<String> format,
        boolean undocumented) {

    /** When a field is left out of JSON. */
    public enum Omit {
        /** Always written, also as zero value: {@code ""}, {@code 0}, {@code null}, {@code {}}. */
        NEVER,
        /** Left out when false, zero, an empty string, list or map, or absent. */
        EMPTY,
        /** Left out when the struct in it is its zero value. */
        ZERO
    }

    public Field {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(omit, "omit");
        listMapKeys = List.copyOf(listMapKeys);
        enumValues = List.copyOf(enumValues);
    }

    /** Whether this is a struct whose fields stand among its parent's in JSON. */
    public boolean inlined() {
        return name.isEmpty();
    }

    /** Whether strategic merge patches merge this field's list item by item, or its map key by key. */
    public boolean patchMerges() {
        return patchStrategy.equals("merge") || patchStrategy.equals("merge,retainKeys");
    }
}
