// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import java.time.Instant;

/**
 * Who writes which kind of object, and how.
 *
 * @param type of the object in the version of the request
 * @param kind of the object in the version of the request: of the resource, or of the subresource if that has another, such as
 *     {@code Scale}
 * @param subresource such as {@code status}; empty for the resource itself
 * @param resetFields what a write to this (sub)resource does not change, whatever it brings, and so nobody comes to own by it
 * @param manager the name of the writer; empty if unknown
 * @param versions the other versions of the resource
 */
public record FieldWrite(
        FieldType type,
        GroupVersionKind kind,
        String subresource,
        FieldSet resetFields,
        String manager,
        Instant now,
        Versions versions) {
    public FieldWrite {
        requireNonNull(type, "type");
        requireNonNull(kind, "kind");
        requireNonNull(subresource, "subresource");
        requireNonNull(resetFields, "resetFields");
        requireNonNull(manager, "manager");
        requireNonNull(now, "now");
        requireNonNull(versions, "versions");
    }

    /** In which version fields come to be owned by this write. */
    String apiVersion() {
        return kind.apiVersion();
    }
}
