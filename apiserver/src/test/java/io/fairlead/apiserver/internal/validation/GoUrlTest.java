// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoUrlTest {
    @Test
    void takesAWholeUrlApart() throws GoUrl.MalformedException {
        assertThat(GoUrl.parse("HTTPS://u:p@a.example:443/x?y=1#z"))
                .isEqualTo(new GoUrl("https", "u:p", "a.example:443", "y=1", "z"));
    }

    @Test
    void findsNoHostInAnOpaqueOne() throws GoUrl.MalformedException {
        assertThat(GoUrl.parse("a:b")).isEqualTo(new GoUrl("a", "", "", "", ""));
    }

    @Test
    void takesTextWithoutASchemeForAPath() throws GoUrl.MalformedException {
        assertThat(GoUrl.parse("x")).isEqualTo(new GoUrl("", "", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a b|invalid character \" \" in host name",
                "https://a/%zz|invalid URL escape \"%zz\"",
                ":x|missing protocol scheme",
                "https://[::1|missing ']' in host",
                "https://a:99x/|invalid port \":99x\" after host",
                "1a:b|first path segment in URL cannot contain colon"
            })
    void saysWhatGoSaysOfAMalformedOne(String text, String problem) {
        assertThatThrownBy(() -> GoUrl.parse(text)).hasMessage("parse \"" + text + "\": " + problem);
    }
}
