// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.time.Duration;

/**
 * Runs controllers and what they need: shared informers, clients, event recorders.
 *
 * <p>First everything is declared, then {@link #start} starts it. A host is started once; to start again, make another one. Any
 * thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ControllerHost extends AutoCloseable {
    /**
     * Starts the description of a host.
     *
     * @param kubernetes used, but not closed
     * @param environment where time, chance and threads come from: {@link Environment#real} outside of simulations
     */
    static ControllerHostBuilder builder(KubernetesClient kubernetes, Environment environment) {
        return new ControllerHostBuilder(kubernetes, environment);
    }

    Environment environment();

    /** The typed client. It writes in its own name, not in that of {@link ControllerHostBuilder#fieldManager}. */
    KubernetesClient kubernetes();

    /** Reads and writes the objects of a kind; writes are recorded for nobody. */
    ResourceClient resources(ResourceType type);

    /**
     * Asks the server what it serves.
     *
     * @throws ApiUnreachableException if it does not say
     */
    Discovery discover() throws InterruptedException;

    /**
     * A queue for work that is not about the objects of one source; shut down at the stop.
     *
     * @param name shown in metrics; must be unique in the host
     */
    <K> WorkQueue<K> queue(String name, RetryLimits limits);

    /** The informer of {@code source}, shared with all who ask for an equal one. After the start it starts at once. */
    <T> Informer<T> informer(Source<T> source);

    /** Records events as {@code v1} Events that come from {@code component}. */
    EventRecorder events(String component);

    /** Records events as {@code events.k8s.io/v1} Events reported by {@code controller}. */
    EventRecorder eventSeries(String controller);

    /**
     * Adds a controller, before the start.
     *
     * @return wakes keys of it from outside
     */
    Trigger add(ControllerSpec<?> spec);

    /**
     * Adds a job that runs beside the controllers: started when all informers have synced, interrupted at the stop. If it throws,
     * it is logged and started again after a pause.
     */
    void addTask(String name, Environment.Job job);

    /** Starts the informers, and, once they have synced, controllers and tasks. Returns at once. */
    void start();

    /** Waits until controllers and tasks have been started. */
    void awaitStarted() throws InterruptedException;

    /** Whether it is started, not stopped, and every informer has synced. */
    boolean healthy();

    /**
     * Stops: hands out no more keys, lets running reconciles end for up to {@code patience}, then interrupts them.
     *
     * @return whether all ended by themselves
     */
    boolean stop(Duration patience) throws InterruptedException;

    /**
     * Stops as {@link #stop} does, with two seconds of patience. A second call does nothing. An interrupt ends the waiting, and is
     * still set on return.
     */
    @Override
    void close();
}
