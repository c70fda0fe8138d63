// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import static io.fairlead.apiserver.internal.admission.StoredObjects.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.admission.builtin.SecurityLevel.Policy;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PodSecurityStandardsTest {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    @Nested
    class Labels {
        @Test
        void warnOfWhatTheyRefuseUnlessTheySayOtherwise() {
            Policy policy = Policy.of(Map.of(ENFORCE, "baseline", ENFORCE + "-version", "v1.24"));

            assertThat(policy.enforce()).hasToString("baseline:v1.24");
            assertThat(policy.warn()).hasToString("baseline:v1.24");
        }

        @Test
        void areStrictWhereTheyCannotBeRead() {
            Policy policy = Policy.of(Map.of(ENFORCE, "nonsense"));

            assertThat(policy.enforce()).hasToString("restricted:latest");
            assertThat(policy.warn()).hasToString("privileged:latest");
            assertThat(policy.errors()).hasSize(1);
        }
    }

    @Nested
    class Baseline {
        @Test
        void refusesWaysOutOfThePod() {
            assertThat(
                            found(
                                    "baseline",
                                    "{'hostPID':true,'containers':[{'name':'a','ports':[{'hostPort':80}]},"
                                            + "{'name':'b','ports':[{'hostPort':443}]}],'volumes':[{'name':'v','hostPath':{}}]}"))
                    .isEqualTo("host namespaces (hostPID=true), hostPath volumes (volume \"v\"),"
                            + " hostPort (containers \"a\", \"b\" use hostPorts 443, 80)");
        }

        @Test
        void allowsWhatNodesTell() {
            String spec = "{'securityContext':{'sysctls':[{'name':'net.ipv4.tcp_rmem'}]},'containers':[{'name':'a'}]}";

            assertThat(found("baseline", spec)).isEmpty();
            assertThat(found("baseline:v1.31", spec)).isEqualTo("forbidden sysctls (net.ipv4.tcp_rmem)");
        }
    }

    @Nested
    class Restricted {
        @Test
        void takesThePlaceOfChecksOfBaseline() {
            assertThat(found(
                            "restricted",
                            "{'securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}},"
                                    + "'containers':[{'name':'a','securityContext':{'allowPrivilegeEscalation':false,"
                                    + "'capabilities':{'drop':['ALL'],'add':['SYS_ADMIN']}}}],"
                                    + "'volumes':[{'name':'v','hostPath':{}}]}"))
                    .isEqualTo("unrestricted capabilities (container \"a\" must not include \"SYS_ADMIN\" in"
                            + " securityContext.capabilities.add), restricted volume types (volume \"v\" uses restricted"
                            + " volume type \"hostPath\")");
        }

        @Test
        void trustsPodsWithUsersOfTheirOwn() {
            String spec = "{'hostUsers':false,'containers':[{'name':'a','securityContext':{'runAsUser':0,"
                    + "'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']},"
                    + "'seccompProfile':{'type':'Localhost'}}}]}";

            assertThat(found("restricted", spec)).isEmpty();
            assertThat(found("restricted:v1.34", spec))
                    .contains("runAsNonRoot != true")
                    .contains("runAsUser=0");
        }
    }

    /** What is found against a level such as {@code baseline:v1.30}. */
    private static String found(String level, String spec) {
        String[] parts = level.split(":", 2);
        Policy policy =
                Policy.of(Map.of(ENFORCE, parts[0], ENFORCE + "-version", parts.length == 1 ? "latest" : parts[1]));
        return PodSecurityStandards.findings(tree("{'spec':" + spec + "}"), policy.enforce()).stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
