// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/**
 * Where an object lives among those of its kind.
 *
 * @param namespace empty for objects of the cluster
 */
@Api(Api.Status.EXPERIMENTAL)
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    public ObjectKey {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
    }

    /** The key of an object that is in no namespace. */
    public static ObjectKey ofCluster(String name) {
        return new ObjectKey("", name);
    }

    public static ObjectKey of(String namespace, String name) {
        return new ObjectKey(namespace, name);
    }

    @Override
    public int hashCode() {
        // Names differ far more often than namespaces; this is the hash of every lookup in every cache.
        return name.hashCode() * 31 + namespace.hashCode();
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** {@code namespace/name}, or the name alone. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
