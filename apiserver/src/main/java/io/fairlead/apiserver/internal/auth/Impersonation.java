// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.fairlead.apiserver.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whom a sender wants to be taken for, as its {@code Impersonate-} headers say.
 *
 * @param user empty if nobody is named
 */
record Impersonation(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String EXTRA_PREFIX = "impersonate-extra-";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";
    private static final String NODE_PREFIX = "system:node:";
    private static final String ACCOUNTS_GROUP = "system:serviceaccounts";

    Impersonation {
        requireNonNull(user, "user");
        requireNonNull(uid, "uid");
        groups = List.copyOf(groups);
        extra = new TreeMap<>(extra);
    }

    static Impersonation in(ApiRequest request) {
        Map<String, List<String>> extra = new TreeMap<>();
        request.headers().forEach((name, values) -> {
            if (name.startsWith(EXTRA_PREFIX)) {
                extra.put(decoded(name.substring(EXTRA_PREFIX.length())), values);
            }
        });
        return new Impersonation(
                request.header("impersonate-user"),
                request.header("impersonate-uid"),
                request.headers().getOrDefault("impersonate-group", List.of()),
                extra);
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    boolean wanted() {
        return !user.isEmpty() || incomplete();
    }

    /** Whether something is said of a user who is not named. */
    boolean incomplete() {
        return user.isEmpty() && (!uid.isEmpty() || !groups.isEmpty() || !extra.isEmpty());
    }

    /** What is said to be denied: for accounts and nodes the impersonation itself, for others what is wanted in their name. */
    Attributes denied(Attributes wanted) {
        String[] account = account();
        if (account.length == 2) {
            return new Attributes.Resource("impersonate", "", "serviceaccounts", "", account[0], account[1]);
        }
        return user.startsWith(NODE_PREFIX)
                ? new Attributes.Resource("impersonate", "", "users", "", "", user)
                : wanted.as("impersonate-on:user-info:" + wanted.verb());
    }

    /** Namespace and name of the service account that is meant; not two if it is none. */
    private String[] account() {
        if (!user.startsWith(ACCOUNT_PREFIX)) {
            return new String[0];
        }
        String[] parts = user.substring(ACCOUNT_PREFIX.length()).split(":", -1);
        boolean named = parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty();
        return named ? parts : new String[0];
    }

    /** The one to be taken for, in the groups that such a user is always in. */
    UserInfo target() {
        List<String> all = new ArrayList<>(groups);
        String[] account = account();
        if (groups.isEmpty() && account.length == 2) {
            all.add(ACCOUNTS_GROUP);
            all.add(ACCOUNTS_GROUP + ":" + account[0]);
        }
        boolean said = all.contains(UserInfo.AUTHENTICATED_GROUP) || all.contains(UserInfo.UNAUTHENTICATED_GROUP);
        if (!said) {
            all.add(user.equals(UserInfo.ANONYMOUS) ? UserInfo.UNAUTHENTICATED_GROUP : UserInfo.AUTHENTICATED_GROUP);
        }
        return new UserInfo(user, uid, all, extra);
    }

    /** Upstream's message when {@link #incomplete}: what it read, in Go's form. */
    String problem() {
        return "requested &user.DefaultInfo{Name:\"\", UID:\"" + uid + "\", Groups:" + goList(groups) + ", Extra:"
                + (extra.isEmpty()
                        ? "map[string][]string(nil)"
                        : extra.entrySet().stream()
                                .map(each -> "\"" + each.getKey() + "\":" + goList(each.getValue()))
                                .collect(joining(", ", "map[string][]string{", "}")))
                + "} without impersonating a user name";
    }

    private static String goList(List<String> values) {
        return values.isEmpty()
                ? "[]string(nil)"
                : values.stream().map(value -> "\"" + value + "\"").collect(joining(", ", "[]string{", "}"));
    }
}
