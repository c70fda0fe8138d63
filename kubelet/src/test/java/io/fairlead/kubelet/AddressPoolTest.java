// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolTest {
    private final AddressPool pool = AddressPool.of("10.244.0.0/29");

    @Test
    void addressesAreGivenInTurn() {
        assertThat(pool.take("a")).contains("10.244.0.1");
        assertThat(pool.take("b")).contains("10.244.0.2");
    }

    @Test
    void aHolderKeepsItsAddress() {
        assertThat(pool.take("a")).contains("10.244.0.1");
        assertThat(pool.take("a")).contains("10.244.0.1");
    }

    @Test
    void anAddressThatWasGivenBackComesLast() {
        assertThat(pool.take("a")).contains("10.244.0.1");
        pool.giveBack("a");
        assertThat(pool.take("b")).contains("10.244.0.2");
        for (int i = 3; i <= 6; i++) {
            assertThat(pool.take("holder-" + i)).contains("10.244.0." + i);
        }

        assertThat(pool.take("c")).contains("10.244.0.1");
        assertThat(pool.take("d")).isEmpty();
    }

    @Test
    void anAddressThatSomebodyHasIsNotGiven() {
        pool.claim("there", "10.244.0.1");
        pool.claim("elsewhere", "192.168.0.1");
        pool.claim("six", "fd00::1");

        assertThat(pool.take("a")).contains("10.244.0.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.244.0.0", "10.244.0/16", "10.244.0.0/31", "10.244.0.0/x", "10.256.0.0/16", "fd00::/64", "/16"
            })
    void whatIsNoNetworkIsRefused(String cidr) {
        assertThatThrownBy(() -> AddressPool.of(cidr))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cidr);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void noAddressHasTwoHolders(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        AddressPool small = AddressPool.of("10.0.0.0/26");
        Map<String, String> held = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String holder = "h" + random.nextInt(90);
            if (random.nextInt(3) == 0) {
                small.giveBack(holder);
                held.remove(holder);
            } else {
                Optional<String> address = small.take(holder);
                assertThat(address.isPresent()).isEqualTo(held.containsKey(holder) || held.size() < small.size());
                address.ifPresent(each -> held.put(holder, each));
            }
            assertThat(new HashSet<>(held.values())).hasSameSizeAs(held.keySet());
        }
    }
}
