// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;

/** Settings of a {@link ControllerHost}; all but the client and the environment have defaults. */
@Api(Api.Status.EXPERIMENTAL)
public final class ControllerHostBuilder {
    /**
     * Longer than the longest pause of an informer that lost its stream: a key that goes ahead before its writes are seen may do
     * them twice, one that waits is merely late.
     */
    static final Duration FENCE_TIMEOUT = Duration.ofSeconds(60);

    final KubernetesClient kubernetes;
    final Environment environment;
    MeterRegistry metrics = new CompositeMeterRegistry();
    String fieldManager = "fairlead";
    String instance = "";
    Duration fenceTimeout = FENCE_TIMEOUT;

    ControllerHostBuilder(KubernetesClient kubernetes, Environment environment) {
        this.kubernetes = requireNonNull(kubernetes, "kubernetes");
        this.environment = requireNonNull(environment, "environment");
    }

    /** Where measurements go; nowhere unless set. */
    public ControllerHostBuilder metrics(MeterRegistry newMetrics) {
        this.metrics = requireNonNull(newMetrics, "metrics");
        return this;
    }

    /**
     * In whose name fields are written through {@link ControllerHost#resources} and {@link Context#resources}, and events;
     * {@code fairlead} unless set. Not through the typed client, {@link ControllerHost#kubernetes} and {@link Context#kubernetes}:
     * what that writes, the server puts down to the field manager that the call names, or else to the client's user agent.
     */
    public ControllerHostBuilder fieldManager(String newFieldManager) {
        this.fieldManager = requireNonNull(newFieldManager, "fieldManager");
        return this;
    }

    /** Which of several equal processes this is, as shown in events: a host or pod name. Empty unless set. */
    public ControllerHostBuilder instance(String newInstance) {
        this.instance = requireNonNull(newInstance, "instance");
        return this;
    }

    /** How long a key is held back at most until its own writes are seen. */
    public ControllerHostBuilder fenceTimeout(Duration newTimeout) {
        this.fenceTimeout = requireNonNull(newTimeout, "fenceTimeout");
        return this;
    }

    public ControllerHost build() {
        return new TaskHost(this);
    }
}
