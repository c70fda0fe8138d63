// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An API group.
 *
 * @param name empty for the core group
 * @param versions that are served, the preferred one first
 */
public record ApiGroup(String name, List<String> versions) {
    public ApiGroup {
        requireNonNull(name, "name");
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("group " + name + " has no versions");
        }
    }

    /** The version that clients use unless they say otherwise. */
    public String preferredVersion() {
        return versions.getFirst();
    }
}
