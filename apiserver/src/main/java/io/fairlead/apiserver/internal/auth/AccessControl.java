// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import java.util.Optional;

/** The first to look at a request: lets it pass with the name of its sender, or says why not. Safe for any thread. */
public final class AccessControl {
    private final Authenticator authenticator;
    private final Authorizer authorizer;

    public AccessControl(Authenticator authenticator, Authorizer authorizer) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.authorizer = requireNonNull(authorizer, "authorizer");
    }

    /** What there is to say about {@code request} before anything else. */
    public Answer examine(ApiRequest request) {
        Optional<UserInfo> sender = authenticator.authenticate(request);
        if (sender.isEmpty()) {
            return new Answer.Unauthorized();
        }
        Attributes attributes = Attributes.of(request);
        Impersonation impersonation = Impersonation.in(request);
        return impersonation.wanted()
                ? examineAs(impersonation, sender.get(), attributes)
                : examine(sender.get(), attributes);
    }

    private Answer examine(UserInfo user, Attributes attributes) {
        return switch (authorizer.decide(user, attributes)) {
            case ALLOW -> new Answer.Allowed(user);
            case DENY -> forbidden(user, attributes);
        };
    }

    /** Whoever wants to be taken for somebody else must be allowed to impersonate anybody: finer grants need roles. */
    private Answer examineAs(Impersonation impersonation, UserInfo sender, Attributes attributes) {
        if (impersonation.incomplete()) {
            return new Answer.BadRequest(impersonation.problem());
        }
        Attributes anybody = new Attributes.Resource("impersonate", "", "users", "", "", impersonation.user());
        return switch (authorizer.decide(sender, anybody)) {
            case ALLOW -> examine(impersonation.target(), attributes);
            case DENY -> forbidden(sender, impersonation.denied(attributes));
        };
    }

    /** The refusal upstream gives to {@code user} for what {@code attributes} say. */
    public static Answer.Forbidden forbidden(UserInfo user, Attributes attributes) {
        String who = "User \"" + user.name() + "\" cannot " + attributes.verb();
        return switch (attributes) {
            case Attributes.Path(String verb, String path) ->
                new Answer.Forbidden("forbidden: " + who + " path \"" + path + "\"", "", "", "");
            case Attributes.Resource it -> {
                String qualified = it.group().isEmpty() ? it.resource() : it.resource() + "." + it.group();
                String subject = it.name().isEmpty() ? qualified : qualified + " \"" + it.name() + "\"";
                String resource = it.subresource().isEmpty() ? it.resource() : it.resource() + "/" + it.subresource();
                String where = it.namespace().isEmpty()
                        ? "at the cluster scope"
                        : "in the namespace \"" + it.namespace() + "\"";
                yield new Answer.Forbidden(
                        subject + " is forbidden: " + who + " resource \"" + resource + "\" in API group \""
                                + it.group() + "\" " + where,
                        it.group(),
                        it.resource(),
                        it.name());
            }
        };
    }

    /** How an examination ended. */
    public sealed interface Answer {
        /** {@code user} may. */
        record Allowed(UserInfo user) implements Answer {}

        /** Credentials that are not valid: 401, reason {@code Unauthorized}, message {@code Unauthorized}, no details. */
        record Unauthorized() implements Answer {}

        /** Headers that contradict each other: 400, reason {@code BadRequest}, no details. */
        record BadRequest(String message) implements Answer {}

        /**
         * May not: 403, reason {@code Forbidden}.
         *
         * @param group of the details, as {@code kind} (the resource) and {@code name}; empty parts are left out
         */
        record Forbidden(String message, String group, String kind, String name) implements Answer {}
    }
}
