// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.internal.auth.AccessControl.Answer;
import io.fairlead.environment.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {
    private static final PublicKeys KEYS = new CertificateIssuer(Environment.real()).issue();
    private static final Peer ADMINISTRATOR =
            new Peer.Certificate(List.of(KEYS.administrator().certificate()));
    private static final Peer NOBODY = new Peer.Anonymous();
    private static final Peer JANE = new Peer.Local("jane", Set.of());

    private final AccessControl access =
            new AccessControl(new Authenticator(token -> Optional.empty()), new FixedAuthorizer());

    @Nested
    class Anybody {
        @ParameterizedTest
        @ValueSource(strings = {"/version", "/healthz", "/livez", "/readyz"})
        void mayReadHowTheServerIs(String path) {
            assertThat(examine("GET", path, "", NOBODY)).isEqualTo(new Answer.Allowed(UserInfo.NOBODY));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/api", "/apis", "/openapi/v2", "/metrics", "/nonsense"})
        void mayReadNoOtherPath(String path) {
            assertThat(examine("GET", path, "", NOBODY))
                    .isEqualTo(new Answer.Forbidden(
                            "forbidden: User \"system:anonymous\" cannot get path \"" + path + "\"", "", "", ""));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                textBlock =
                        """
                        GET | /api/v1/namespaces/n/configmaps | configmaps is forbidden | list | configmaps |  | in the namespace "n"
                        GET | /api/v1/namespaces/n/configmaps/a | configmaps "a" is forbidden | get | configmaps |  | in the namespace "n"
                        GET | /api/v1/nodes | nodes is forbidden | list | nodes |  | at the cluster scope
                        GET | /api/v1/namespaces/n | namespaces "n" is forbidden | get | namespaces |  | in the namespace "n"
                        POST | /api/v1/namespaces/n/configmaps | configmaps is forbidden | create | configmaps |  | in the namespace "n"
                        PATCH | /api/v1/namespaces/n/configmaps/a | configmaps "a" is forbidden | patch | configmaps |  | in the namespace "n"
                        DELETE | /api/v1/namespaces/n/pods | pods is forbidden | deletecollection | pods |  | in the namespace "n"
                        GET | /api/v1/namespaces/n/pods?watch=1 | pods is forbidden | watch | pods |  | in the namespace "n"
                        GET | /api/v1/namespaces/n/pods/a/log | pods "a" is forbidden | get | pods/log |  | in the namespace "n"
                        GET | /api/v1/namespaces/n/nonsense | nonsense is forbidden | list | nonsense |  | in the namespace "n"
                        POST | /apis/authentication.k8s.io/v1/selfsubjectreviews | selfsubjectreviews.authentication.k8s.io is forbidden | create | selfsubjectreviews | authentication.k8s.io | at the cluster scope
                        GET | /api/v1/namespaces/n/pods?fieldSelector=metadata.name%3Dx | pods "x" is forbidden | list | pods |  | in the namespace "n"
                        """)
        void isToldWhatIsForbiddenBeforeWhetherItExists(
                String method,
                String target,
                String subject,
                String verb,
                String resource,
                String group,
                String where) {
            String[] parts = target.split("\\?", 2);

            Answer answer = examine(method, parts[0], parts.length > 1 ? parts[1] : "", NOBODY);

            String message = subject + ": User \"system:anonymous\" cannot " + verb + " resource \"" + resource
                    + "\" in API group \"" + (group == null ? "" : group) + "\" " + where;
            assertThat(answer)
                    .isInstanceOfSatisfying(Answer.Forbidden.class, forbidden -> assertThat(forbidden.message())
                            .isEqualTo(message));
        }

        @Test
        void isToldWhatTheRefusalIsAbout() {
            Answer answer = examine("PUT", "/apis/coordination.k8s.io/v1/namespaces/n/leases/l", "", NOBODY);

            assertThat(answer).isInstanceOfSatisfying(Answer.Forbidden.class, forbidden -> {
                assertThat(forbidden.group()).isEqualTo("coordination.k8s.io");
                assertThat(forbidden.kind()).isEqualTo("leases");
                assertThat(forbidden.name()).isEqualTo("l");
            });
        }
    }

    @Nested
    class WhoShowsAToken {
        @ParameterizedTest
        @ValueSource(strings = {"Bearer nonsense", "bearer a.b.c"})
        void isRefusedEvenWhereAnybodyMayLook(String authorization) {
            assertThat(examine("/version", NOBODY, authorization)).isEqualTo(new Answer.Unauthorized());
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic YTpi", "Bearer ", ""})
        void isNobodyIfItIsNone(String authorization) {
            assertThat(examine("/version", NOBODY, authorization)).isEqualTo(new Answer.Allowed(UserInfo.NOBODY));
        }

        @Test
        void isTheOneOfTheCertificateIfThereIsOne() {
            assertThat(examine("/api", ADMINISTRATOR, "Bearer nonsense")).isInstanceOf(Answer.Allowed.class);
        }
    }

    @Nested
    class WhoShowsACertificate {
        @Test
        void isCalledByItsCommonNameAndOrganizations() {
            Answer answer = examine("DELETE", "/api/v1/namespaces/n/secrets", "", ADMINISTRATOR);

            assertThat(answer).isInstanceOfSatisfying(Answer.Allowed.class, allowed -> {
                assertThat(allowed.user().name()).isEqualTo("kubernetes-admin");
                assertThat(allowed.user().groups()).containsExactly("system:masters", "system:authenticated");
                assertThat(allowed.user().extra().get("authentication.kubernetes.io/credential-id"))
                        .singleElement()
                        .asString()
                        .matches("X509SHA256=[0-9a-f]{64}");
            });
        }
    }

    @Nested
    class WhoIsKnownButHasNoRole {
        @ParameterizedTest
        @ValueSource(strings = {"/api", "/apis/apps/v1", "/openapi/v3", "/version"})
        void mayDiscover(String path) {
            assertThat(examine("GET", path, "", JANE)).isInstanceOf(Answer.Allowed.class);
        }

        @Test
        void mayAskWhatItMay() {
            assertThat(examine("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "", JANE))
                    .isInstanceOf(Answer.Allowed.class);
        }

        @Test
        void mayTouchNoObject() {
            assertThat(examine("GET", "/api/v1/namespaces/n/configmaps", "", JANE))
                    .isInstanceOf(Answer.Forbidden.class);
        }
    }

    @Nested
    class WhoWantsToBeTakenForSomebodyElse {
        @Test
        void isThatUserIfItMayDoEverything() {
            Answer answer = examineAs(
                    ADMINISTRATOR,
                    Map.of(
                            "impersonate-user", List.of("jane"),
                            "impersonate-uid", List.of("u-1"),
                            "impersonate-group", List.of("devs"),
                            "impersonate-extra-example.com%2fx", List.of("y")));

            assertThat(answer)
                    .isEqualTo(new Answer.Allowed(new UserInfo(
                            "jane",
                            "u-1",
                            List.of("devs", "system:authenticated"),
                            Map.of("example.com/x", List.of("y")))));
        }

        @Test
        void isInTheGroupsOfAServiceAccount() {
            Answer answer =
                    examineAs(ADMINISTRATOR, Map.of("impersonate-user", List.of("system:serviceaccount:n:default")));

            assertThat(answer).isInstanceOfSatisfying(Answer.Allowed.class, allowed -> assertThat(
                            allowed.user().groups())
                    .containsExactly("system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"));
        }

        @Test
        void isRefusedWithoutAName() {
            assertThat(examineAs(ADMINISTRATOR, Map.of("impersonate-group", List.of("devs"))))
                    .isEqualTo(new Answer.BadRequest(
                            "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"devs\"},"
                                    + " Extra:map[string][]string(nil)} without impersonating a user name"));
        }

        @Test
        void isRefusedIfItMayNot() {
            Answer answer = examineAs(NOBODY, Map.of("impersonate-user", List.of("x")));

            assertThat(answer)
                    .isInstanceOfSatisfying(Answer.Forbidden.class, forbidden -> assertThat(forbidden.message())
                            .contains("cannot impersonate-on:user-info:create resource \"selfsubjectreviews\""));
        }

        private Answer examineAs(Peer peer, Map<String, List<String>> headers) {
            return access.examine(new ApiRequest(
                    "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "", headers, new byte[0], peer));
        }
    }

    @Test
    void controllersMayDoEverything() {
        Peer controller = new Peer.Local("system:kube-controller-manager", Set.of());

        assertThat(examine("DELETE", "/api/v1/namespaces/n/pods/p", "", controller))
                .isInstanceOf(Answer.Allowed.class);
    }

    private Answer examine(String path, Peer peer, String authorization) {
        return access.examine(
                new ApiRequest("GET", path, "", Map.of("authorization", List.of(authorization)), new byte[0], peer));
    }

    private Answer examine(String method, String path, String query, Peer peer) {
        return access.examine(new ApiRequest(method, path, query, Map.of(), new byte[0], peer));
    }
}
