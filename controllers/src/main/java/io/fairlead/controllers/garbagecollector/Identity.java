// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceType;

/**
 * An object, or what a reference says of one.
 *
 * @param namespace of one that is only known from a reference: that of the object that refers to it
 */
record Identity(String apiVersion, String kind, String namespace, String name, String uid) {
    static Identity of(ResourceType type, ObjectMetadata metadata) {
        return new Identity(type.apiVersion(), type.kind(), metadata.namespace(), metadata.name(), metadata.uid());
    }

    /** The owner that an object in {@code namespace} names. */
    static Identity of(OwnerReference owner, String namespace) {
        return new Identity(owner.apiVersion(), owner.kind(), namespace, owner.name(), owner.uid());
    }

    /** Where it is if it is of {@code type}. */
    ObjectKey key(ResourceType type) {
        return new ObjectKey(type.namespaced() ? namespace : "", name);
    }
}
