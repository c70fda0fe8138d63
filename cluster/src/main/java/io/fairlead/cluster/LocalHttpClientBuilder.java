// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import org.jspecify.annotations.Nullable;

/** Collects what fabric8 asks of a transport; interceptors matter here, sockets and TLS do not. */
final class LocalHttpClientBuilder
        extends StandardHttpClientBuilder<LocalHttpClient, LocalTransport, LocalHttpClientBuilder> {
    LocalHttpClientBuilder(LocalTransport transport) {
        super(transport);
    }

    @Override
    public LocalHttpClient build() {
        @Nullable LocalHttpClient parent = client;
        return parent == null ? LocalHttpClient.first(this) : parent.derived(this);
    }

    @Override
    protected LocalHttpClientBuilder newInstance(LocalTransport transport) {
        return new LocalHttpClientBuilder(transport);
    }
}
