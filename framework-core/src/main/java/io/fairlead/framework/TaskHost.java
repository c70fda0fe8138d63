// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs informers, controllers and jobs as tasks of one {@link Environment}. */
final class TaskHost implements ControllerHost {
    /** How long a job that failed waits before it is started again. */
    static final Duration TASK_PAUSE = Duration.ofSeconds(1);

    /** How long reconciles under way may take to end at a close; they are milliseconds, and more is only worth it at a debugger. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(TaskHost.class);

    private final KubernetesClient kubernetes;
    private final Environment environment;
    private final MeterRegistry metrics;
    private final String fieldManager;
    private final Duration fenceTimeout;
    private final ApiConnection connection;
    private final EventBroadcaster broadcaster;
    private final Signal startedSignal;
    private final ReentrantLock lock = new ReentrantLock();
    // Below: guarded by the lock.
    private final Map<Source<?>, StreamInformer<?>> informers = new LinkedHashMap<>();
    private final Map<String, ControllerRunner<?>> controllers = new LinkedHashMap<>();
    private final List<NamedJob> jobs = new ArrayList<>();
    private final List<WorkQueue<?>> queues = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private @Nullable Task starter;
    private Stage stage = Stage.DECLARING;

    TaskHost(ControllerHostBuilder builder) {
        this.kubernetes = builder.kubernetes;
        this.environment = builder.environment;
        this.metrics = builder.metrics;
        this.fieldManager = builder.fieldManager;
        this.fenceTimeout = builder.fenceTimeout;
        this.connection = ApiConnection.of(kubernetes, environment);
        this.broadcaster = new EventBroadcaster(
                environment,
                metrics,
                new ApiResources(connection, ResourceType.EVENTS, fieldManager),
                new ApiResources(connection, ResourceType.EVENT_SERIES, fieldManager),
                builder.instance);
        this.startedSignal = environment.newSignal();
    }

    private enum Stage {
        DECLARING,
        SYNCING,
        STARTED,
        STOPPED
    }

    private record NamedJob(String name, Environment.Job job) {}

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public KubernetesClient kubernetes() {
        return kubernetes;
    }

    @Override
    public ResourceClient resources(ResourceType type) {
        return new ApiResources(connection, type, fieldManager);
    }

    @Override
    public Discovery discover() throws InterruptedException {
        return new DiscoveryReader(connection).read();
    }

    @Override
    public <K> WorkQueue<K> queue(String name, RetryLimits limits) {
        SignalQueue<K> queue = new SignalQueue<>(environment, limits, fenceTimeout, QueueMetrics.of(metrics, name));
        metrics.gauge("fairlead.queue.depth", Tags.of("name", name), queue, SignalQueue::depth);
        return locked(() -> {
            queues.add(queue);
            return queue;
        });
    }

    @Override
    public <T> Informer<T> informer(Source<T> source) {
        return locked(() -> streamInformer(source));
    }

    /** With the lock held. */
    private <T> StreamInformer<T> streamInformer(Source<T> source) {
        StreamInformer<?> known = informers.get(source);
        if (known == null) {
            known = new StreamInformer<>(connection, source, metrics);
            informers.put(source, known);
            if (stage == Stage.SYNCING || stage == Stage.STARTED) {
                known.start();
            }
        }
        // Equal sources have equal projections, and a projection determines what it makes.
        @SuppressWarnings("unchecked")
        StreamInformer<T> informer = (StreamInformer<T>) known;
        return informer;
    }

    @Override
    public EventRecorder events(String component) {
        return broadcaster.recorder(component);
    }

    @Override
    public EventRecorder eventSeries(String controller) {
        return broadcaster.seriesRecorder(controller);
    }

    @Override
    public Trigger add(ControllerSpec<?> spec) {
        return locked(() -> {
            requireStage(Stage.DECLARING, "add controller " + spec);
            if (controllers.containsKey(spec.name())) {
                throw new IllegalArgumentException("there is a controller " + spec.name() + " already");
            }
            ControllerRunner<?> runner = runner(spec);
            controllers.put(spec.name(), runner);
            return runner.trigger();
        });
    }

    private <T> ControllerRunner<T> runner(ControllerSpec<T> spec) {
        return new ControllerRunner<>(
                spec,
                new ControllerRunner.Surroundings(
                        environment, kubernetes, this::resources, events(spec.name()), metrics, fenceTimeout),
                this::streamInformer);
    }

    @Override
    public void addTask(String name, Environment.Job job) {
        locked(() -> {
            requireStage(Stage.DECLARING, "add task " + name);
            return jobs.add(new NamedJob(name, job));
        });
    }

    @Override
    public void start() {
        locked(() -> {
            requireStage(Stage.DECLARING, "start");
            stage = Stage.SYNCING;
            informers.values().forEach(StreamInformer::start);
            broadcaster.start();
            starter = environment.start("controller start", this::startWhenSynced);
            return true;
        });
    }

    private void startWhenSynced() throws InterruptedException {
        for (StreamInformer<?> informer : locked(() -> List.copyOf(informers.values()))) {
            informer.awaitSynced();
        }
        boolean start = locked(() -> {
            if (stage != Stage.SYNCING) {
                return false;
            }
            stage = Stage.STARTED;
            controllers.values().forEach(ControllerRunner::start);
            for (NamedJob job : jobs) {
                tasks.add(environment.start(job.name(), () -> runAgainAndAgain(job)));
            }
            return true;
        });
        if (start) {
            startedSignal.raise();
        }
    }

    private void runAgainAndAgain(NamedJob job) throws InterruptedException {
        while (true) {
            try {
                job.job().run();
                return;
            } catch (RuntimeException e) {
                LOG.error("task {} failed; it is started again", job.name(), e);
            }
            environment.sleep(TASK_PAUSE);
        }
    }

    @Override
    public void awaitStarted() throws InterruptedException {
        while (true) {
            Stage now = locked(() -> stage);
            if (now == Stage.STARTED || now == Stage.STOPPED) {
                // One raise lets one waiter go; each lets the next one go.
                startedSignal.raise();
                return;
            }
            startedSignal.await();
        }
    }

    @Override
    public boolean healthy() {
        return locked(
                () -> stage == Stage.STARTED && informers.values().stream().allMatch(StreamInformer::hasSynced));
    }

    @Override
    public boolean stop(Duration patience) throws InterruptedException {
        List<Task> running = new ArrayList<>();
        List<ControllerRunner<?>> runners = new ArrayList<>();
        Stage before = locked(() -> {
            Stage was = stage;
            stage = Stage.STOPPED;
            if (starter != null) {
                starter.interrupt();
            }
            running.addAll(tasks);
            runners.addAll(controllers.values());
            queues.forEach(WorkQueue::shutDown);
            return was;
        });
        startedSignal.raise();
        if (before == Stage.DECLARING || before == Stage.STOPPED) {
            return true;
        }
        long deadlineNanos = environment.nanoTime() + patience.toNanos();
        running.forEach(Task::interrupt);
        runners.forEach(ControllerRunner::shutDown);
        try {
            boolean ended = true;
            for (ControllerRunner<?> runner : runners) {
                ended &= runner.join(deadlineNanos);
            }
            for (Task task : running) {
                ended &= task.join(Duration.ofNanos(Math.max(0, deadlineNanos - environment.nanoTime())));
            }
            ended &= broadcaster.stop(Duration.ofNanos(Math.max(0, deadlineNanos - environment.nanoTime())));
            return ended;
        } finally {
            locked(() -> List.copyOf(informers.values())).forEach(StreamInformer::stop);
        }
    }

    @Override
    public void close() {
        try {
            stop(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireStage(Stage wanted, String what) {
        if (stage != wanted) {
            throw new IllegalStateException("cannot " + what + ": the host is " + stage);
        }
    }

    private <R> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
