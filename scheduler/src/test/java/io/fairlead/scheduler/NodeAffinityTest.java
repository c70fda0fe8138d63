// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAffinityTest {
    private static NodeAffinity required(String terms) {
        return Samples.pod(
                        "p",
                        "{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "{'nodeSelectorTerms':" + terms + "}}}}")
                .requirements()
                .affinity();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'In','values':['a','b']; a; true",
                "'In','values':['a','b']; c; false",
                "'In','values':['a','b']; ; false",
                "'NotIn','values':['a']; a; false",
                "'NotIn','values':['a']; b; true",
                "'NotIn','values':['a']; ; true",
                "'Exists'; x; true",
                "'Exists'; ; false",
                "'DoesNotExist'; x; false",
                "'DoesNotExist'; ; true",
                "'Gt','values':['5']; 6; true",
                "'Gt','values':['5']; 5; false",
                "'Gt','values':['5']; six; false",
                "'Lt','values':['5']; 4; true",
                "'Lt','values':['5']; ; false",
            },
            quoteCharacter = '"')
    void operatorsSayWhatALabelMustBe(String operator, String value, boolean expected) {
        NodeAffinity affinity = required("[{'matchExpressions':[{'key':'k','operator':" + operator + "}]}]");
        Map<String, String> labels = value == null ? Map.of() : Map.of("k", value);

        assertThat(affinity.allows("n", labels)).isEqualTo(expected);
    }

    @Test
    void oneTermIsEnoughButAllItsExpressionsMustHold() {
        NodeAffinity affinity =
                required("[{'matchExpressions':[{'key':'a','operator':'Exists'},{'key':'b','operator':'Exists'}]},"
                        + "{'matchExpressions':[{'key':'c','operator':'Exists'}]}]");

        assertThat(affinity.allows("n", Map.of("a", "", "b", ""))).isTrue();
        assertThat(affinity.allows("n", Map.of("c", ""))).isTrue();
        assertThat(affinity.allows("n", Map.of("a", ""))).isFalse();
    }

    @Test
    void anEmptyTermSelectsNothing() {
        assertThat(required("[{}]").allows("n", Map.of("a", "b"))).isFalse();
        assertThat(required("[]").allows("n", Map.of("a", "b"))).isFalse();
    }

    @Test
    void theSelectorMustHoldAsWell() {
        NodeAffinity affinity = Samples.pod("p", "{'nodeSelector':{'disk':'ssd'}}")
                .requirements()
                .affinity();

        assertThat(affinity.allows("n", Map.of("disk", "ssd", "more", ""))).isTrue();
        assertThat(affinity.allows("n", Map.of("disk", "hdd"))).isFalse();
        assertThat(affinity.allows("n", Map.of())).isFalse();
    }

    @Test
    void aPodOfADaemonSetNamesItsNode() {
        NodeAffinity affinity = required("[{'matchFields':[{'key':'metadata.name','operator':'In','values':['n1']}]}]");

        assertThat(affinity.namedNodes()).isEqualTo(Optional.of(Set.of("n1")));
        assertThat(affinity.allows("n1", Map.of())).isTrue();
        assertThat(affinity.allows("n2", Map.of())).isFalse();
    }

    @Test
    void nodesAreNotNamedIfOneTermNamesNone() {
        NodeAffinity affinity = required("[{'matchFields':[{'key':'metadata.name','operator':'In','values':['n1']}]},"
                + "{'matchExpressions':[{'key':'a','operator':'Exists'}]}]");

        assertThat(affinity.namedNodes()).isEmpty();
    }
}
