// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.auth.AccountTokens.Claims;
import io.fairlead.apiserver.internal.auth.AccountTokens.Verdict;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccountTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SigningKey KEY = new SigningKey();

    private final Map<String, JsonObject> stored = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AccountTokens tokens = new AccountTokens(
            KEY, (resource, namespace, name) -> Optional.ofNullable(stored.get(resource + "/" + name)), () -> now);

    @Test
    void sayWhoseTheyAre() {
        Verdict verdict = tokens.verify(issued(Map.of(), AccountTokens.ISSUER), List.of());

        assertThat(verdict)
                .isEqualTo(new Verdict.Accepted(
                        new UserInfo(
                                "system:serviceaccount:n:a",
                                "uid-a",
                                List.of("system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"),
                                Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=1"))),
                        List.of(AccountTokens.ISSUER)));
    }

    @Test
    void areForThoseOnlyForWhomTheyWereMade() {
        String token = issued(Map.of(), "one", "two");

        assertThat(tokens.verify(token, List.of("two", "three")))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> assertThat(accepted.audiences())
                        .containsExactly("two"));
        assertThat(tokens.verify(token, List.of()))
                .isEqualTo(new Verdict.Refused("token audiences [\"one\" \"two\"] is invalid for the target audiences"
                        + " [\"https://kubernetes.default.svc\"]"));
    }

    @Nested
    class AreNoLongerGood {
        @Test
        void afterTheirTime() {
            String token = issued(Map.of(), AccountTokens.ISSUER);
            now = now.plus(HOUR).plusSeconds(120);

            assertThat(tokens.verify(token, List.of()))
                    .isEqualTo(new Verdict.Refused("service account token has expired"));
        }

        @Test
        void withoutTheirAccount() {
            String token = issued(Map.of(), AccountTokens.ISSUER);
            stored.clear();

            assertThat(tokens.verify(token, List.of()))
                    .isEqualTo(new Verdict.Refused("serviceaccounts \"a\" not found"));
        }

        @Test
        void forAnotherAccountOfTheSameName() {
            String token = issued(Map.of(), AccountTokens.ISSUER);
            put("serviceaccounts", "a", "uid-b");

            assertThat(tokens.verify(token, List.of()))
                    .isEqualTo(new Verdict.Refused("service account UID (uid-b) does not match claim (uid-a)"));
        }

        @Test
        void withoutTheirPod() {
            JsonObject pod = put("pods", "p", "uid-p").objectOrEmpty("metadata");
            String token = issued(Map.of("pod", pod), AccountTokens.ISSUER);
            assertThat(tokens.verify(token, List.of())).isInstanceOf(Verdict.Accepted.class);
            stored.remove("pods/p");

            assertThat(tokens.verify(token, List.of()))
                    .isEqualTo(new Verdict.Refused("service account token has been invalidated"));
        }
    }

    @Nested
    class AreRefused {
        @Test
        void whenSomebodyChangedThem() {
            String token = issued(Map.of(), AccountTokens.ISSUER);

            assertThat(tokens.verify(token + "x", List.of()))
                    .isEqualTo(new Verdict.Refused("go-jose/go-jose: error in cryptographic primitive"));
        }

        @Test
        void whenTheyAreNone() {
            for (String text : List.of("", "nonsense", "a.b.c", "..", "e30.e30.e30")) {
                assertThat(tokens.verify(text, List.of())).isEqualTo(new Verdict.Refused(""));
            }
        }
    }

    private JsonObject put(String resource, String name, String uid) {
        JsonObject object = new JsonObject();
        object.child("metadata").put("namespace", "n").put("name", name).put("uid", uid);
        stored.put(resource + "/" + name, object);
        return object;
    }

    private String issued(Map<String, JsonObject> bound, String... audiences) {
        JsonObject account = put("serviceaccounts", "a", "uid-a");
        return tokens.issue(new Claims("1", account, bound, List.of(audiences), now, HOUR));
    }
}
