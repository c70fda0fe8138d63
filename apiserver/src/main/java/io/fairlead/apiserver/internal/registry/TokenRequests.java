// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionChain;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.apply.ManagedFields;
import io.fairlead.apiserver.internal.auth.AccountTokens;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.environment.Environment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Answers requests for tokens of service accounts. Nothing is stored. Any thread may call it. */
public final class TokenRequests {
    private static final long DEFAULT_SECONDS = 3_600;
    private static final long SECONDS_MIN = 600;
    private static final long SECONDS_MAX = 1L << 32;

    /** What kubelets ask for on behalf of pods; such a token lives longer than it says, for programs that never read it again. */
    private static final long POD_SECONDS = 3_607;

    private static final Duration EXTENDED = Duration.ofDays(365);

    private final Environment environment;
    private final Resources resources;
    private final ObjectReader reader;
    private final AdmissionChain admission;
    private final Ownership ownership;
    private final AccountTokens tokens;
    private final ObjectType type;

    TokenRequests(Environment environment, Resources resources, ObjectReader reader, Writing writing) {
        this.environment = environment;
        this.resources = resources;
        this.reader = reader;
        this.admission = writing.admission;
        this.ownership = writing.ownership;
        this.tokens = writing.tokens;
        this.type = resources.type(new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"));
    }

    /** What takes part in a write. */
    record Writing(AdmissionChain admission, Ownership ownership, AccountTokens tokens) {}

    /** A token of the account that {@code write} names, as {@code request} wants it. */
    public Answer issue(WriteContext write, JsonObject request) {
        JsonObject metadata = Metadata.of(request);
        String namespace = metadata.text("namespace");
        if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
            throw ApiStatus.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .exception();
        }
        JsonObject spec = request.child("spec");
        if (spec.number("expirationSeconds", 0) == 0) {
            spec.put("expirationSeconds", DEFAULT_SECONDS);
        }
        ManagedFields.update(ownership.fieldWrite(write, type), type.empty(), request);
        admission.mutate(write.admission(Operation.CREATE, request, null));
        if (!metadata.text("name").isEmpty() && !metadata.text("name").equals(write.name())) {
            throw invalid(
                    write.name(),
                    new FieldError(
                            FieldError.Kind.INVALID,
                            "metadata.name",
                            metadata.get("name"),
                            "must match the service account name if specified"));
        }
        JsonObject account = get("serviceaccounts", write.namespace(), write.name());
        complete(write, request, account);
        checkLifetime(spec);
        admission.validate(write.admission(Operation.CREATE, request, null));
        return new Answer.Tree(201, write.resource(), type.kind(), answered(write, request, account));
    }

    private static void complete(WriteContext write, JsonObject request, JsonObject account) {
        JsonObject metadata = Metadata.of(request);
        metadata.put("name", write.name());
        metadata.put("namespace", write.namespace());
        metadata.put("uid", Metadata.uid(account));
        metadata.put("creationTimestamp", Metadata.time(write.request().now()));
        JsonObject spec = request.child("spec");
        if (spec.texts("audiences").isEmpty()) {
            spec.put("audiences", JsonArray.ofStrings(List.of(AccountTokens.ISSUER)));
        }
    }

    private static void checkLifetime(JsonObject spec) {
        long seconds = spec.number("expirationSeconds", 0);
        String problem = seconds < SECONDS_MIN
                ? "may not specify a duration less than 10 minutes"
                : seconds > SECONDS_MAX ? "may not specify a duration larger than 2^32 seconds" : "";
        if (!problem.isEmpty()) {
            throw invalid(
                    "",
                    new FieldError(FieldError.Kind.INVALID, "spec.expirationSeconds", JsonNumber.of(seconds), problem));
        }
    }

    private JsonObject answered(WriteContext write, JsonObject request, JsonObject account) {
        JsonObject spec = request.objectOrEmpty("spec");
        Map<String, JsonObject> bound = bound(write, spec);
        Duration said = Duration.ofSeconds(spec.number("expirationSeconds", 0));
        boolean extended = bound.containsKey("pod")
                && said.toSeconds() == POD_SECONDS
                && spec.texts("audiences").equals(List.of(AccountTokens.ISSUER));
        String token = tokens.issue(new AccountTokens.Claims(
                environment.newUid().toString(),
                account,
                bound,
                spec.texts("audiences"),
                write.request().now(),
                extended ? EXTENDED : said));
        request.put(
                "status",
                new JsonObject()
                        .put("token", token)
                        .put(
                                "expirationTimestamp",
                                Metadata.time(write.request().now().plus(said))));
        return request;
    }

    /** The metadata of what the token is to be bound to. */
    private Map<String, JsonObject> bound(WriteContext write, JsonObject spec) {
        Map<String, JsonObject> bound = new HashMap<>();
        JsonObject reference = spec.object("boundObjectRef");
        if (reference == null) {
            return bound;
        }
        GroupVersionKind kind = GroupVersionKind.of(reference.text("apiVersion"), reference.text("kind"));
        String name = reference.text("name");
        JsonObject target = null;
        if (kind.group().isEmpty()) {
            target = switch (kind.kind()) {
                case "Pod" -> pod(write, name, bound);
                case "Node" -> get("nodes", "", name);
                case "Secret" -> get("secrets", write.namespace(), name);
                default -> null;
            };
        }
        if (target == null) {
            throw ApiStatus.badRequest("cannot bind token to object of type " + kind.group() + "/" + kind.version()
                            + ", Kind=" + kind.kind())
                    .exception();
        }
        String wanted = reference.text("uid");
        if (!wanted.isEmpty() && !wanted.equals(Metadata.uid(target))) {
            throw ApiStatus.conflict(
                            kind.kind(),
                            ApiStatus.details("", kind.kind(), name),
                            name,
                            "the UID in the bound object reference (" + wanted
                                    + ") does not match the UID in record. The object might have been deleted and then"
                                    + " recreated")
                    .exception();
        }
        bound.put(kind.kind().toLowerCase(Locale.ROOT), Metadata.of(target));
        return bound;
    }

    /** A pod's token also names the pod's node. */
    private JsonObject pod(WriteContext write, String name, Map<String, JsonObject> bound) {
        JsonObject pod = get("pods", write.namespace(), name);
        JsonObject spec = pod.objectOrEmpty("spec");
        if (!spec.text("serviceAccountName").equals(write.name())) {
            throw ApiStatus.badRequest("cannot bind token for serviceaccount \"" + write.name()
                            + "\" to pod running with different serviceaccount name.")
                    .exception();
        }
        String node = spec.text("nodeName");
        if (!node.isEmpty()) {
            Resource nodes = resources.named("nodes");
            bound.put(
                    "node",
                    reader.find(nodes, "", node)
                            .map(stored -> Metadata.of(nodes.tree(stored)))
                            .orElseGet(() -> new JsonObject().put("name", node)));
        }
        return pod;
    }

    private JsonObject get(String resource, String namespace, String name) {
        Resource found = resources.named(resource);
        Stored stored = reader.get(found, namespace, name, "");
        return found.tree(stored);
    }

    private static StatusException invalid(String name, FieldError error) {
        return ApiStatus.invalid("authentication.k8s.io", "TokenRequest", name, List.of(error))
                .exception();
    }

    /** Completes the status of a review of a token. */
    static void review(JsonObject review, AccountTokens tokens, Function<UserInfo, JsonValue> shown) {
        JsonObject spec = review.objectOrEmpty("spec");
        JsonObject status = new JsonObject();
        switch (tokens.verify(spec.text("token"), spec.texts("audiences"))) {
            case AccountTokens.Verdict.Accepted(var user, List<String> audiences) ->
                status.put("authenticated", true)
                        .put("user", shown.apply(user))
                        .put("audiences", JsonArray.ofStrings(audiences));
            case AccountTokens.Verdict.Refused(String why) ->
                status.put("user", new JsonObject())
                        .put("error", why.isEmpty() ? "invalid bearer token" : "[invalid bearer token, " + why + "]");
        }
        review.put("status", status);
    }
}
