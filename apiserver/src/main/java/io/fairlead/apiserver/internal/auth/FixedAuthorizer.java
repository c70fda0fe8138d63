// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import java.util.Set;

/**
 * The permissions that hold before anybody grants one.
 *
 * <p>Administrators and the parts of the control plane may do everything; everybody else gets what the bootstrap roles {@code
 * system:public-info-viewer}, {@code system:discovery} and {@code system:basic-user} grant, and nothing more. Roles and bindings are
 * stored but not consulted: that is the business of another {@link Authorizer}, which takes this one's place.
 */
public final class FixedAuthorizer implements Authorizer {
    /** The parts of a control plane. Upstream gives each a role; until roles are consulted they are trusted with everything. */
    private static final Set<String> CONTROL_PLANE =
            Set.of("system:kube-controller-manager", "system:kube-scheduler", "system:apiserver");

    private static final String NODES_GROUP = "system:nodes";

    /** Where the accounts of the controllers live. */
    private static final String SYSTEM_ACCOUNTS_GROUP = "system:serviceaccounts:kube-system";

    private static final Set<String> PUBLIC_PATHS = Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");
    private static final String ACCOUNTS_GROUP = "system:serviceaccounts";

    /** What those need to know who check tokens themselves. */
    private static final Set<String> ISSUER_PATHS = Set.of(
            "/.well-known/openid-configuration",
            "/.well-known/openid-configuration/",
            "/openid/v1/jwks",
            "/openid/v1/jwks/");

    private static final Set<String> DISCOVERY_ROOTS = Set.of("/api", "/apis", "/openapi");
    private static final Set<String> REVIEWS_OF_ONESELF =
            Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

    @Override
    public Decision decide(UserInfo user, Attributes attributes) {
        return mayDoEverything(user) || mayAsEverybody(user, attributes) ? Decision.ALLOW : Decision.DENY;
    }

    private static boolean mayDoEverything(UserInfo user) {
        return user.in(UserInfo.MASTERS_GROUP)
                || user.in(NODES_GROUP)
                || user.in(SYSTEM_ACCOUNTS_GROUP)
                || CONTROL_PLANE.contains(user.name());
    }

    private static boolean mayAsEverybody(UserInfo user, Attributes attributes) {
        boolean known = user.in(UserInfo.AUTHENTICATED_GROUP);
        return switch (attributes) {
            case Attributes.Path(String verb, String path) ->
                verb.equals("get")
                        && (PUBLIC_PATHS.contains(path)
                                || (known && discovery(path))
                                || (user.in(ACCOUNTS_GROUP) && ISSUER_PATHS.contains(path)));
            case Attributes.Resource resource ->
                known
                        && resource.verb().equals("create")
                        && (resource.group().equals("authorization.k8s.io")
                                || resource.group().equals("authentication.k8s.io"))
                        && REVIEWS_OF_ONESELF.contains(resource.resource());
        };
    }

    private static boolean discovery(String path) {
        return DISCOVERY_ROOTS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }
}
