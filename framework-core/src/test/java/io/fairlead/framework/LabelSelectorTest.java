// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {
    private static LabelSelector read(String json) throws IOException {
        try (JsonCursor cursor = JsonCursor.of(Json.bytes(json))) {
            return LabelSelector.read(cursor);
        }
    }

    @Test
    void allRequirementsMustHold() throws IOException {
        LabelSelector selector = read("{'matchLabels':{'app':'web'},'matchExpressions':["
                + "{'key':'tier','operator':'In','values':['front','back']},{'key':'env','operator':'NotIn','values':['test']},"
                + "{'key':'zone','operator':'Exists'},{'key':'gone','operator':'DoesNotExist'}]}");

        assertThat(selector.matches(Map.of("app", "web", "tier", "back", "zone", "a")))
                .isTrue();
        assertThat(selector.matches(Map.of("app", "web", "tier", "back", "zone", "a", "env", "prod")))
                .isTrue();
        assertThat(selector.matches(Map.of("app", "web", "tier", "back", "zone", "a", "env", "test")))
                .isFalse();
        assertThat(selector.matches(Map.of("app", "web", "tier", "side", "zone", "a")))
                .isFalse();
        assertThat(selector.matches(Map.of("app", "web", "tier", "back"))).isFalse();
        assertThat(selector.matches(Map.of("app", "web", "tier", "back", "zone", "a", "gone", "")))
                .isFalse();
        assertThat(selector.matches(Map.of())).isFalse();
        assertThat(selector.toQuery()).isEqualTo("app=web,tier in (front,back),env notin (test),zone,!gone");
    }

    @Test
    void emptySelectsEverythingAndNothingSelectsNothing() throws IOException {
        assertThat(read("{}").matches(Map.of())).isTrue();
        assertThat(read("{}").selectsEverything()).isTrue();
        assertThat(LabelSelector.NOTHING.matches(Map.of("", "x", "a", "b"))).isFalse();
    }

    @Test
    void anUnknownOperatorIsAnError() {
        assertThatThrownBy(() -> read("{'matchExpressions':[{'key':'a','operator':'Like'}]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Like");
    }
}
