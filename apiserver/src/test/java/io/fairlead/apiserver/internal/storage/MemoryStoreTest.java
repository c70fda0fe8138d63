// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    @Override
    Store newStore() {
        return new MemoryStore();
    }

    @Test
    void forgetsHistoryOnItsOwnAndKeepsWhatIsThere() {
        MemoryStore store = new MemoryStore();
        byte[] body = new byte[64 * 1024];
        java.util.Arrays.fill(body, (byte) ' ');
        System.arraycopy("\"metadata\":{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, body, 0, 13);
        body[body.length - 1] = '}';
        Value big =
                new Value("{".getBytes(java.nio.charset.StandardCharsets.UTF_8), body, new Facts(Map.of(), Map.of()));
        String key = "/registry/configmaps/default/a";
        store.create(key, big);
        long first = store.revision();
        for (int i = 0; i < 3_000; i++) {
            store.update(key, store.revision(), big);
        }
        assertThat(store.range(new Store.Range("/registry/", "", 0, first)))
                .isInstanceOf(Store.RangeResult.Compacted.class);
        assertThat(store.get(key)).isPresent();
        assertThat(store.range(new Store.Range("/registry/", "", 0, store.revision() - 500)))
                .isInstanceOf(Store.RangeResult.Page.class);
    }
}
