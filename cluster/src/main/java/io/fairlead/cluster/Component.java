// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.environment.Environment;
import io.fairlead.framework.ControllerHost;
import java.util.function.Consumer;

/** One of the parts that run beside the server: what upstream has a process of its own for. */
final class Component implements AutoCloseable {
    private final ControllerHost host;
    private final KubernetesClient client;

    private Component(ControllerHost host, KubernetesClient client) {
        this.host = requireNonNull(host, "host");
        this.client = requireNonNull(client, "client");
    }

    /**
     * What a component is.
     *
     * @param name what it calls itself: its user agent and the manager of the fields it writes
     * @param work adds what it does to its host
     */
    record Role(Peer.Local peer, String name, Consumer<ControllerHost> work) {
        Role {
            requireNonNull(peer, "peer");
            requireNonNull(name, "name");
            requireNonNull(work, "work");
        }
    }

    /** Starts a component, which closes {@code client} when it is closed, and returns at once. */
    static Component start(Role role, Environment environment, KubernetesClient client) {
        ControllerHost host = ControllerHost.builder(client, environment)
                .fieldManager(role.name())
                .build();
        role.work().accept(host);
        host.start();
        return new Component(host, client);
    }

    void awaitStarted() throws InterruptedException {
        host.awaitStarted();
    }

    @Override
    public void close() {
        try {
            host.close();
        } finally {
            client.close();
        }
    }
}
