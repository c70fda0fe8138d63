// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.registry.Resource;

/** What a request wants done. */
sealed interface Operation {
    /**
     * What it is to be done to.
     *
     * @param namespace empty for all, or for what is in none
     * @param name empty for all of them
     * @param subresource empty for the object itself
     */
    record Target(Resource resource, String namespace, String name, String subresource) {}

    record Get(Target target) implements Operation {}

    record List(Target target) implements Operation {}

    record Watch(Target target) implements Operation {}

    record Create(Target target) implements Operation {}

    record Update(Target target) implements Operation {}

    record Patch(Target target) implements Operation {}

    record Delete(Target target) implements Operation {}

    record DeleteCollection(Target target) implements Operation {}

    /** Whether the answer can be a table or metadata only: not of what is never stored. */
    default boolean offersShapes() {
        return !(this instanceof Create(Target target)) || target.resource().stored();
    }

    /** Whether streams are offered in the same place, if only in name. */
    default boolean offersStreams() {
        return this instanceof List;
    }

    /** Something else than objects: discovery, health, version; or nothing at all. */
    record Other() implements Operation {}

    /** A path with a broken escape in it. */
    record Unreadable() implements Operation {}
}
