// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens of service accounts, and tells whose a token is. Any thread may call it.
 *
 * <p>A token is good as long as what it speaks of is there: the account, and the pod, node or secret that it is bound to.
 */
public final class AccountTokens {
    /** Who issues the tokens, and for whom they are unless they say otherwise. */
    public static final String ISSUER = "https://kubernetes.default.svc";

    private static final String PRIVATE_CLAIMS = "kubernetes.io";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";
    private static final String ACCOUNTS_GROUP = "system:serviceaccounts";
    private static final String EXTRA = "authentication.kubernetes.io/";
    private static final String GONE = "service account token has been invalidated";

    /** How far the clocks of those who read tokens may be apart; upstream's library allows as much. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final SigningKey key;
    private final AccountObjects objects;
    private final Supplier<Instant> clock;

    /**
     * @param objects where accounts and what tokens are bound to are looked up
     */
    public AccountTokens(SigningKey key, AccountObjects objects, Supplier<Instant> clock) {
        this.key = requireNonNull(key, "key");
        this.objects = requireNonNull(objects, "objects");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Where stored objects are found, by the qualified name of their resource. */
    @FunctionalInterface
    public interface AccountObjects {
        Optional<JsonObject> find(String qualifiedResource, String namespace, String name);
    }

    /**
     * A token to be issued.
     *
     * @param id by which it can be told from all others
     * @param bound under {@code pod}, {@code node} or {@code secret} the metadata of what it is bound to
     */
    public record Claims(
            String id,
            JsonObject account,
            Map<String, JsonObject> bound,
            List<String> audiences,
            Instant from,
            Duration lifetime) {}

    /** The token that says {@code claims}. */
    public String issue(Claims claims) {
        JsonObject metadata = claims.account.objectOrEmpty("metadata");
        JsonObject own = new JsonObject().put("namespace", metadata.text("namespace"));
        Map<String, JsonObject> references = new TreeMap<>(claims.bound);
        references.forEach((name, each) -> own.put(name, reference(each)));
        own.put("serviceaccount", reference(metadata));
        long from = claims.from.getEpochSecond();
        JsonObject payload = new JsonObject()
                .put("aud", JsonArray.ofStrings(claims.audiences))
                .put("exp", from + claims.lifetime.toSeconds())
                .put("iat", from)
                .put("iss", ISSUER)
                .put("jti", claims.id)
                .put(PRIVATE_CLAIMS, own)
                .put("nbf", from)
                .put("sub", ACCOUNT_PREFIX + metadata.text("namespace") + ":" + metadata.text("name"));
        JsonObject header = new JsonObject().put("alg", SigningKey.algorithm()).put("kid", key.id());
        String text = SigningKey.base64(JsonWriter.bytes(header)) + "." + SigningKey.base64(JsonWriter.bytes(payload));
        return text + "." + SigningKey.base64(key.sign(text));
    }

    /** A node that is not there any more has no uid. */
    private static JsonObject reference(JsonObject metadata) {
        JsonObject reference = new JsonObject().put("name", metadata.text("name"));
        return metadata.text("uid").isEmpty() ? reference : reference.put("uid", metadata.text("uid"));
    }

    /** Whose a token is. */
    public sealed interface Verdict {
        /** {@code user}'s, for those of the wanted audiences that it is for. */
        record Accepted(UserInfo user, List<String> audiences) implements Verdict {}

        /** Nobody's; {@code why} is empty for what is no token of this server at all. */
        record Refused(String why) implements Verdict {}
    }

    /** Whose {@code token} is, if it is for one of {@code audiences}; for the server itself if these are none. */
    public Verdict verify(String token, List<String> audiences) {
        String[] parts = token.split("\\.", -1);
        JsonObject header = parts.length == 3 ? decoded(parts[0]) : new JsonObject();
        JsonObject payload = parts.length == 3 ? decoded(parts[1]) : new JsonObject();
        byte[] signature = parts.length == 3 ? bytes(parts[2]) : new byte[0];
        boolean ours = payload.text("iss").equals(ISSUER) && header.text("alg").equals(SigningKey.algorithm());
        if (!ours || signature.length == 0) {
            return new Verdict.Refused("");
        }
        if (!header.text("kid").isEmpty() && !header.text("kid").equals(key.id())) {
            return new Verdict.Refused("invalid signature, no keys found");
        }
        if (!key.signed(parts[0] + "." + parts[1], signature)) {
            return new Verdict.Refused("go-jose/go-jose: error in cryptographic primitive");
        }
        List<String> wanted = audiences.isEmpty() ? List.of(ISSUER) : audiences;
        List<String> given = audiencesOf(payload);
        List<String> common = wanted.stream().filter(given::contains).toList();
        if (common.isEmpty()) {
            return new Verdict.Refused(
                    "token audiences " + goList(given) + " is invalid for the target audiences " + goList(wanted));
        }
        String problem = problem(payload);
        return problem.isEmpty() ? new Verdict.Accepted(user(payload), common) : new Verdict.Refused(problem);
    }

    private static List<String> audiencesOf(JsonObject payload) {
        return payload.get("aud") instanceof JsonString one ? List.of(one.value()) : payload.texts("aud");
    }

    private static String goList(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(" ", "[", "]"));
    }

    /** Why the token is not good any more; empty if it is. */
    private String problem(JsonObject payload) {
        Instant now = clock.get();
        if (!(payload.get("exp") instanceof JsonNumber end)
                || now.minus(LEEWAY).isAfter(Instant.ofEpochSecond(end.longValue()))) {
            return "service account token has expired";
        }
        if (payload.get("nbf") instanceof JsonNumber start
                && now.plus(LEEWAY).isBefore(Instant.ofEpochSecond(start.longValue()))) {
            return "service account token is not valid yet";
        }
        JsonObject claims = payload.objectOrEmpty(PRIVATE_CLAIMS);
        JsonObject account = claims.objectOrEmpty("serviceaccount");
        String namespace = claims.text("namespace");
        Optional<JsonObject> stored = objects.find("serviceaccounts", namespace, account.text("name"));
        if (stored.isEmpty()) {
            return "serviceaccounts \"" + account.text("name") + "\" not found";
        }
        String uid = stored.get().objectOrEmpty("metadata").text("uid");
        if (!uid.equals(account.text("uid"))) {
            return "service account UID (" + uid + ") does not match claim (" + account.text("uid") + ")";
        }
        return boundProblem(claims, namespace);
    }

    private String boundProblem(JsonObject claims, String namespace) {
        String secret = boundProblem("secrets", namespace, claims.object("secret"), "secret", "service account secret");
        String pod = boundProblem("pods", namespace, claims.object("pod"), "pod", "service account pod");
        // The node of a pod is only what the pod knows.
        boolean toNode = claims.object("pod") == null;
        String node = toNode ? boundProblem("nodes", "", claims.object("node"), "node", "service account node") : "";
        return !secret.isEmpty() ? secret : !pod.isEmpty() ? pod : node;
    }

    private String boundProblem(
            String resource, String namespace, @Nullable JsonObject claim, String word, String words) {
        if (claim == null) {
            return "";
        }
        Optional<JsonObject> stored = objects.find(resource, namespace, claim.text("name"));
        if (stored.isEmpty()) {
            return GONE;
        }
        String uid = stored.get().objectOrEmpty("metadata").text("uid");
        return uid.equals(claim.text("uid"))
                ? ""
                : word + " UID (" + uid + ") does not match " + words + " ref claim (" + claim.text("uid") + ")";
    }

    private static UserInfo user(JsonObject payload) {
        JsonObject claims = payload.objectOrEmpty(PRIVATE_CLAIMS);
        JsonObject account = claims.objectOrEmpty("serviceaccount");
        String namespace = claims.text("namespace");
        Map<String, List<String>> extra = new TreeMap<>();
        if (!payload.text("jti").isEmpty()) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + payload.text("jti")));
        }
        for (String bound : List.of("node", "pod")) {
            JsonObject reference = claims.object(bound);
            if (reference != null) {
                extra.put(EXTRA + bound + "-name", List.of(reference.text("name")));
                if (!reference.text("uid").isEmpty()) {
                    extra.put(EXTRA + bound + "-uid", List.of(reference.text("uid")));
                }
            }
        }
        List<String> groups = new ArrayList<>(
                List.of(ACCOUNTS_GROUP, ACCOUNTS_GROUP + ":" + namespace, UserInfo.AUTHENTICATED_GROUP));
        return new UserInfo(
                ACCOUNT_PREFIX + namespace + ":" + account.text("name"), account.text("uid"), groups, extra);
    }

    private static JsonObject decoded(String part) {
        try {
            JsonValue value = JsonReader.read(bytes(part));
            return value instanceof JsonObject object ? object : new JsonObject();
        } catch (MalformedJsonException e) {
            return new JsonObject();
        }
    }

    private static byte[] bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
