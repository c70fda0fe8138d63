// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerOptionsTest {
    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({"10.0.0.0/16, 10.0.0.1", "10.96.0.128/25, 10.96.0.129", "10.0.5.255/16, 10.0.0.1"})
    void theServersOwnServiceGetsTheFirstAddress(String cidr, String first) {
        ApiServerOptions options = ApiServerOptions.builder().serviceCidr(cidr).build();

        assertThat(options.serviceNetwork().firstAddress()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.999/16", "10.0.0.0/99", "10.0.0.0/31", "fd00::/64"})
    void refusesWhatIsNoRange(String cidr) {
        ApiServerOptions.Builder builder = ApiServerOptions.builder().serviceCidr(cidr);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToReadNoBodies() {
        ApiServerOptions.Builder builder = ApiServerOptions.builder().bodyBytesMax(0);

        assertThatThrownBy(builder::build).hasMessageContaining("at least one byte");
    }

    @Test
    void refusesToReadBodiesThatNoPortWouldTake() {
        ApiServerOptions.Builder builder = ApiServerOptions.builder().bodyBytesMax(3 * 1024 * 1024 + 1);

        assertThatThrownBy(builder::build).hasMessageContaining("at most 3145728 bytes");
    }
}
