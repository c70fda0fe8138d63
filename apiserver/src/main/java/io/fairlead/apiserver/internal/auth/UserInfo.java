// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Who sent a request.
 *
 * @param uid empty for users that have none
 * @param groups in the order in which they are shown
 */
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    /** The user of requests that do not say who they are from. */
    public static final String ANONYMOUS = "system:anonymous";

    /** The group of everybody who has said who they are. */
    public static final String AUTHENTICATED_GROUP = "system:authenticated";

    /** The group of everybody who has not. */
    public static final String UNAUTHENTICATED_GROUP = "system:unauthenticated";

    /** The group that may do everything. */
    public static final String MASTERS_GROUP = "system:masters";

    static final UserInfo NOBODY = new UserInfo(ANONYMOUS, "", List.of(UNAUTHENTICATED_GROUP), Map.of());

    public UserInfo {
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** Whether the user is in {@code group}. */
    public boolean in(String group) {
        return groups.contains(group);
    }
}
