// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^[a-z]([-a-z0-9]*[a-z0-9])?$",
                "a|b",
                "(?i)x",
                "(?P<n>x)+?",
                "[]a]",
                "[^]]",
                "a{2,}",
                "a{x}",
                "\\d+",
                "[[:alpha:]]",
                "[a\\]]",
                "^*"
            })
    void acceptsWhatGoAccepts(String good) {
        assertThat(RegexSyntax.problem(good)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "(~missing closing ): `(`",
                ")~unexpected ): `)`",
                "[~missing closing ]: `[`",
                "a**~invalid nested repetition operator: `**`",
                "*~missing argument to repetition operator: `*`",
                "(?!x)~invalid or unsupported Perl syntax: `(?!`",
                "[z-a]~invalid character class range: `z-a`",
                "a{2,1}~invalid repeat count: `{2,1}`",
                "a{1001}~invalid repeat count: `{1001}`",
                "\\q~invalid escape sequence: `\\q`",
                "\\~trailing backslash at end of expression: ``",
                "(?P<n~invalid named capture: `(?P<n`"
            })
    void saysWhatGoSaysOfTheRest(String bad, String problem) {
        assertThat(RegexSyntax.problem(bad)).isEqualTo("error parsing regexp: " + problem);
    }
}
