// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.allocate.ServiceNetwork;
import io.fairlead.apiserver.internal.listener.Limits;
import io.fairlead.environment.Api;

/** What can be chosen about a server. Immutable; {@link #defaults()} is a server for tests and trying out. */
@Api(Api.Status.EXPERIMENTAL)
public final class ApiServerOptions {
    /** Upstream's range of node ports. */
    private static final int NODE_PORT_FIRST = 30_000;

    private static final int NODE_PORT_LAST = 32_767;

    private final String serviceCidr;
    private final ServiceNetwork serviceNetwork;
    private final int bodyBytesMax;

    private ApiServerOptions(Builder builder) {
        this.serviceCidr = builder.serviceCidr;
        this.serviceNetwork = ServiceNetwork.of(builder.serviceCidr, NODE_PORT_FIRST, NODE_PORT_LAST);
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

    /** What services are given of {@link #serviceCidr()}. */
    ServiceNetwork serviceNetwork() {
        return serviceNetwork;
    }

    /** The longest body of a request that is read; longer ones are answered with 413. */
    public int bodyBytesMax() {
        return bodyBytesMax;
    }

    /** Collects choices; for one thread. */
    public static final class Builder {
        private String serviceCidr = "10.0.0.0/16";

        private int bodyBytesMax = Limits.BODY_MAX_BYTES;

        private Builder() {}

        /** The range that cluster IPs are taken from, such as {@code 10.0.0.0/16}: IPv4, with 12 to 30 bits in common. */
        public Builder serviceCidr(String cidr) {
            this.serviceCidr = requireNonNull(cidr, "cidr");
            return this;
        }

        /**
         * The longest body of a request that is read: three megabytes unless set, and no more, because the original takes no more,
         * and neither does a {@link TlsEndpoint}.
         */
        public Builder bodyBytesMax(int bytes) {
            this.bodyBytesMax = bytes;
            return this;
        }

        /**
         * The options chosen.
         *
         * @throws IllegalArgumentException if a limit is not positive or too large, or the range is none
         */
        public ApiServerOptions build() {
            if (bodyBytesMax <= 0) {
                throw new IllegalArgumentException("bodies must have at least one byte: " + bodyBytesMax);
            }
            if (bodyBytesMax > Limits.BODY_MAX_BYTES) {
                throw new IllegalArgumentException(
                        "bodies must have at most " + Limits.BODY_MAX_BYTES + " bytes: " + bodyBytesMax);
            }
            return new ApiServerOptions(this);
        }
    }
}
