// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.auth.AccountTokens;
import io.fairlead.apiserver.internal.auth.Attributes;
import io.fairlead.apiserver.internal.auth.Authorizer;
import io.fairlead.apiserver.internal.auth.Decision;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions in the form of objects: who am I, who may do what. Answered at once and never stored. Any thread may call it. */
public final class Reviews {
    private final Authorizer authorizer;
    private final Ownership ownership;
    private final AccountTokens tokens;

    Reviews(Authorizer authorizer, Ownership ownership, AccountTokens tokens) {
        this.authorizer = authorizer;
        this.ownership = ownership;
        this.tokens = tokens;
    }

    /** Answers {@code review}, an object of a kind that is never stored, by completing it. */
    public Answer answer(WriteContext write, JsonObject review) {
        UserInfo caller = write.request().caller();
        ownership.update(write, null, review);
        JsonObject spec = review.child("spec");
        switch (write.resource().kind().kind()) {
            case "SelfSubjectReview" -> {
                review.remove("spec");
                Metadata.of(review)
                        .put("creationTimestamp", Metadata.time(write.request().now()));
                review.put("status", new JsonObject().put("userInfo", userInfo(caller)));
            }
            case "SelfSubjectAccessReview" -> {
                refuse(ReviewRules.ofOneself(review));
                review.put("status", decision(caller, spec));
            }
            case "SubjectAccessReview" -> {
                refuse(ReviewRules.ofOthers(review));
                review.put("status", decision(subject(spec), spec));
            }
            case "LocalSubjectAccessReview" -> {
                refuse(ReviewRules.inNamespace(review, write.namespace()));
                Metadata.of(review).put("namespace", write.namespace());
                review.put("status", decision(subject(spec), spec));
            }
            case "SelfSubjectRulesReview" -> {
                if (spec.text("namespace").isEmpty()) {
                    throw ApiStatus.badRequest("no namespace on request").exception();
                }
                review.put("status", rules(caller));
            }
            case "TokenReview" -> {
                if (spec.text("token").isEmpty()) {
                    throw ApiStatus.badRequest("token is required for TokenReview in authentication")
                            .exception();
                }
                TokenRequests.review(review, tokens, Reviews::userInfo);
            }
            default -> throw ApiStatus.methodNotAllowed().exception();
        }
        return new Answer.Tree(201, write.resource(), write.resource().kind(), review);
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid("authorization.k8s.io", "", "", errors).exception();
        }
    }

    private static JsonObject userInfo(UserInfo user) {
        JsonObject info = new JsonObject().put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            info.put("groups", JsonArray.ofStrings(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            JsonObject extra = new JsonObject();
            user.extra().forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
            info.put("extra", extra);
        }
        return info;
    }

    private static UserInfo subject(JsonObject spec) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        JsonObject given = spec.objectOrEmpty("extra");
        for (String key : given.names()) {
            extra.put(key, given.texts(key));
        }
        return new UserInfo(spec.text("user"), spec.text("uid"), spec.texts("groups"), extra);
    }

    private JsonObject decision(UserInfo user, JsonObject spec) {
        JsonObject resource = spec.object("resourceAttributes");
        JsonObject other = spec.objectOrEmpty("nonResourceAttributes");
        Attributes attributes = resource == null
                ? new Attributes.Path(other.text("verb"), other.text("path"))
                : new Attributes.Resource(
                        resource.text("verb"),
                        resource.text("group"),
                        resource.text("resource"),
                        resource.text("subresource"),
                        resource.text("namespace"),
                        resource.text("name"));
        return new JsonObject().put("allowed", authorizer.decide(user, attributes) == Decision.ALLOW);
    }

    private static JsonObject rules(UserInfo user) {
        JsonArray all = JsonArray.ofStrings(List.of("*"));
        JsonArray resourceRules = new JsonArray();
        JsonArray otherRules = new JsonArray();
        if (user.in(UserInfo.MASTERS_GROUP)) {
            resourceRules.add(
                    new JsonObject().put("verbs", all).put("apiGroups", all).put("resources", all));
            otherRules.add(new JsonObject().put("verbs", all).put("nonResourceURLs", all));
        }
        return new JsonObject()
                .put("resourceRules", resourceRules)
                .put("nonResourceRules", otherRules)
                .put("incomplete", false);
    }
}
