// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a", "0", "a-b", "example.com", "a.b-c.9"})
    void acceptsSubdomains(String name) {
        assertThat(Names.dnsSubdomain(name)).isEmpty();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "A", "a_b", "a-", "-a", "a..b", ".a", "a.", "a b"})
    void refusesOtherNames(String name) {
        assertThat(Names.dnsSubdomain(name)).singleElement().asString().contains("RFC 1123 subdomain");
    }

    @Test
    void saysOfASubdomainThatALabelHasNoDots() {
        assertThat(Names.dnsLabel("a.b")).containsExactly("must not contain dots");
    }

    @Test
    void complainsAboutBothPartsOfAQualifiedName() {
        assertThat(Names.qualified("A/")).hasSize(3);
        assertThat(Names.qualified("a/b/c")).singleElement().asString().startsWith("a valid label key must");
        assertThat(Names.qualified("example.com/a_b.C")).isEmpty();
    }

    @Test
    void letsAPrefixEndInADash() {
        assertThat(NameRule.SUBDOMAIN.problems("web-", true)).isEmpty();
        assertThat(NameRule.SUBDOMAIN.problems("web-", false)).isNotEmpty();
        assertThat(NameRule.SUBDOMAIN.problems("x.", true)).isNotEmpty();
    }

    @Test
    void quotesValuesAsGoDoes() {
        FieldErrors errors = new FieldErrors();
        errors.invalid(FieldPath.of("a").index(0).child("b").key("c"), "x\"\n\u00e9\u200b", "no");
        errors.duplicate(FieldPath.of("d"), new JsonObject().put("e", new JsonString("<")));
        errors.invalid(FieldPath.of("f"), -1, "");

        assertThat(errors.toList())
                .extracting(FieldError::toString)
                .containsExactly(
                        "a[0].b[c]: Invalid value: \"x\\\"\\n\u00e9\\u200b\": no",
                        "d: Duplicate value: {\"e\":\"\\u003c\"}",
                        "f: Invalid value: -1");
    }

    @Test
    void readsAddressesOfBothFamilies() {
        assertThat(Addresses.address("10.0.0.1")).isEmpty();
        assertThat(Addresses.address("fd00::5")).isEmpty();
        assertThat(Addresses.address("10.0.99.010")).containsExactly("must not have leading 0s");
        assertThat(Addresses.address("::ffff:1.2.3.4")).containsExactly("must not be an IPv4-mapped IPv6 address");
        assertThat(Addresses.address("x")).isNotEmpty();
        assertThat(Addresses.address("1.2.3")).isNotEmpty();
        assertThat(Addresses.network("10.0.0.0/33")).isEmpty();
        assertThat(Addresses.network("10.0.0.0/16")).isPresent();
    }
}
