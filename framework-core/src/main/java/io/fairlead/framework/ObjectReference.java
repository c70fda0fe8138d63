// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/** What an event is about. Parts that are not known are empty. */
@Api(Api.Status.EXPERIMENTAL)
public record ObjectReference(
        String apiVersion,
        String kind,
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String fieldPath) {
    public ObjectReference {
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(kind, "kind");
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
        requireNonNull(resourceVersion, "resourceVersion");
        requireNonNull(fieldPath, "fieldPath");
    }

    public static ObjectReference of(ResourceType type, ObjectMetadata metadata) {
        return new ObjectReference(
                type.apiVersion(),
                type.kind(),
                metadata.namespace(),
                metadata.name(),
                metadata.uid(),
                metadata.resourceVersion(),
                "");
    }

    /** Points at a part of the object, such as {@code spec.containers{app}}. */
    public ObjectReference at(String newFieldPath) {
        return new ObjectReference(apiVersion, kind, namespace, name, uid, resourceVersion, newFieldPath);
    }
}
