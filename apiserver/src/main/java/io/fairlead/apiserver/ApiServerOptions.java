// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;

/** What can be chosen about a server. Immutable; {@link #defaults()} is a server for tests and trying out. */
@Api(Api.Status.EXPERIMENTAL)
public final class ApiServerOptions {
    private final String serviceCidr;
    private final int bodyBytesMax;

    private ApiServerOptions(Builder builder) {
        this.serviceCidr = builder.serviceCidr;
        this.bodyBytesMax = builder.bodyBytesMax;
    }

    /** Everything in memory, cluster IPs from 10.0.0.0/16, limits as upstream's. */
    public static ApiServerOptions defaults() {
        return builder().build();
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The range that cluster IPs are taken from. */
    public String serviceCidr() {
        return serviceCidr;
    }

    /** The first address of {@link #serviceCidr()}, which the service of the server itself gets. */
    String firstServiceAddress() {
        String network = serviceCidr.substring(0, serviceCidr.indexOf('/'));
        int last = network.lastIndexOf('.') + 1;
        return network.substring(0, last) + (Integer.parseInt(network.substring(last)) + 1);
    }

    /** The longest body of a request that is read; longer ones are answered with 413. */
    public int bodyBytesMax() {
        return bodyBytesMax;
    }

    /** Collects choices; for one thread. */
    public static final class Builder {
        private String serviceCidr = "10.0.0.0/16";

        /** Upstream's limit: twice what an etcd entry may have. */
        private int bodyBytesMax = 3 * 1024 * 1024;

        private Builder() {}

        public Builder serviceCidr(String cidr) {
            this.serviceCidr = requireNonNull(cidr, "cidr");
            return this;
        }

        public Builder bodyBytesMax(int bytes) {
            this.bodyBytesMax = bytes;
            return this;
        }

        /**
         * The options chosen.
         *
         * @throws IllegalArgumentException if a limit is not positive
         */
        public ApiServerOptions build() {
            if (!serviceCidr.matches("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}")) {
                throw new IllegalArgumentException("no range of IPv4 addresses: " + serviceCidr);
            }
            if (bodyBytesMax <= 0) {
                throw new IllegalArgumentException("bodies must have at least one byte: " + bodyBytesMax);
            }
            return new ApiServerOptions(this);
        }
    }
}
