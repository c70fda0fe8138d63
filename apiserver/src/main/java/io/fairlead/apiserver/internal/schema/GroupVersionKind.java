// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

/** Names a kind of object. The core group is the empty string. */
public record GroupVersionKind(String group, String version, String kind) {
    public GroupVersionKind {
        requireNonNull(group, "group");
        requireNonNull(version, "version");
        requireNonNull(kind, "kind");
    }

    /** Reads {@code apiVersion}, such as {@code apps/v1} or {@code v1}. */
    public static GroupVersionKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersionKind("", apiVersion, kind)
                : new GroupVersionKind(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /** As it stands in objects: {@code apps/v1}, or {@code v1} in the core group. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As Go prints it in messages: {@code apps/v1, Kind=Deployment}. */
    @Override
    public String toString() {
        return (group.isEmpty() ? "" : group) + "/" + version + ", Kind=" + kind;
    }
}
