// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which nodes a simulated agent makes, and what they have. Immutable.
 *
 * <p>Its own nodes are called {@code node-0}, {@code node-1} and so on. It creates those that are missing when it starts; one that is
 * deleted later stays deleted.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SimulatedNodes {
    private static final int COUNT_MAX = 20_000;

    private final int count;
    private final Map<String, String> resources;
    private final String network;
    private final Duration pace;

    private SimulatedNodes(Builder builder) {
        this.count = builder.count;
        this.resources = Map.copyOf(builder.resources);
        this.network = builder.network;
        this.pace = builder.pace;
    }

    /** {@code count} nodes of 32 processors, 256 GiB and room for 1100 pods each. */
    public static SimulatedNodes of(int count) {
        return builder().count(count).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How many nodes of its own it makes. */
    public int count() {
        return count;
    }

    /** What each of them has, as in {@code status.capacity}. */
    public Map<String, String> resources() {
        return resources;
    }

    /** Where nodes and pods get their addresses from, in CIDR form. */
    public String network() {
        return network;
    }

    /** How long after one report about a pod the next one about any pod follows; zero if nothing holds them up. */
    public Duration pace() {
        return pace;
    }

    /** Collects the settings. */
    @Api(Api.Status.EXPERIMENTAL)
    public static final class Builder {
        private int count = 3;
        private final Map<String, String> resources =
                new LinkedHashMap<>(Map.of("cpu", "32", "memory", "256Gi", "pods", "1100"));
        private String network = "10.244.0.0/16";
        private Duration pace = Duration.ZERO;

        private Builder() {}

        /** How many nodes of its own it makes; 3 unless set. */
        public Builder count(int newCount) {
            this.count = newCount;
            return this;
        }

        /** How much of something each has, such as {@code cpu}, {@code 32}. */
        public Builder resource(String name, String quantity) {
            resources.put(requireNonNull(name, "name"), requireNonNull(quantity, "quantity"));
            return this;
        }

        /** Where nodes and pods get their addresses from, one flat network: IPv4, in CIDR form. */
        public Builder network(String cidr) {
            this.network = requireNonNull(cidr, "cidr");
            return this;
        }

        /**
         * Lets what is reported about pods (they run, they are ready, they are gone) come one after the other, so far apart, in
         * place of all at once. Real nodes are never done at the same moment: controllers then see pods become ready one
         * by one and write every step down, where without a pace they see, and write, only what came of it. For watching rollouts, and
         * for tests of what happens in the middle of one; zero unless set.
         */
        public Builder pace(Duration apart) {
            this.pace = requireNonNull(apart, "apart");
            return this;
        }

        /**
         * Checks the settings.
         *
         * @throws IllegalArgumentException if they make no sense
         */
        public SimulatedNodes build() {
            if (count < 0 || count > COUNT_MAX) {
                throw new IllegalArgumentException(
                        "the number of nodes must be from 0 to " + COUNT_MAX + ", is " + count);
            }
            if (pace.isNegative()) {
                throw new IllegalArgumentException("the pace must not be negative, is " + pace);
            }
            if (AddressPool.of(network).size() <= count) {
                throw new IllegalArgumentException(network + " is too small for " + count + " nodes and their pods");
            }
            return new SimulatedNodes(this);
        }
    }
}
