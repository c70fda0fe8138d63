// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Environment;
import io.fairlead.environment.Task;
import io.fairlead.framework.InformerProtocol.Input;
import io.fairlead.framework.InformerProtocol.Output;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives {@link InformerProtocol}: owns the task, the clock, the stream and the cache of one source.
 *
 * <p>Everything happens on one task. Threads of the HTTP client only put what came into the mailbox; the next piece of a stream is
 * asked for when the last one has been worked off, so that a slow informer slows its stream down and holds nothing in memory.
 */
final class StreamInformer<T> implements Informer<T> {
    /** How long the server may keep a stream open, at least; up to twice as long, so that not all end at once. As client-go. */
    static final Duration STREAM_MIN = Duration.ofMinutes(5);

    /** Time for the end of a stream, which the server owes us, to get here. */
    static final Duration STREAM_SLACK = Duration.ofSeconds(30);

    /** A server that sends bookmarks sends one a minute: silence for three says that nobody is there any more. */
    static final Duration SILENCE_MAX = Duration.ofMinutes(3);

    /** Initial events come at once; a server that is silent for so long before their end does not know about them. */
    static final Duration INITIAL_SILENCE_MAX = Duration.ofSeconds(30);

    /** A stream that lived for so long was a good one even if nothing happened. */
    static final Duration FRUITFUL_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StreamInformer.class);

    private final ApiConnection connection;
    private final Environment environment;
    private final Source<T> source;
    private final InformerMetrics metrics;
    private final InformerMailbox mailbox;
    private final InformerStore<T> store;
    private volatile boolean stopping;
    private volatile @Nullable Task task;

    // Below: of the informer's task alone.
    private final Deque<Input> inputs = new ArrayDeque<>();
    private InformerProtocol.State state = InformerProtocol.State.NEW;
    private @Nullable InformerStream stream;
    private int streamNumber;
    private long pausedUntilNanos;

    StreamInformer(ApiConnection connection, Source<T> source, MeterRegistry registry) {
        this.connection = connection;
        this.environment = connection.environment();
        this.source = source;
        this.metrics = InformerMetrics.of(registry, source);
        this.mailbox = new InformerMailbox(environment.newSignal());
        this.store = new InformerStore<>(source, metrics, environment.newSignal());
    }

    @Override
    public Source<T> source() {
        return source;
    }

    @Override
    public Lister<T> lister() {
        return store.cache();
    }

    InformerStore<T> store() {
        return store;
    }

    Cache<T> cache() {
        return store.cache();
    }

    @Override
    public Index<T> byController() {
        return store.cache().byController();
    }

    @Override
    public Index<T> index(String name, Function<T, ? extends Collection<String>> values) {
        return store.cache().index(name, values);
    }

    @Override
    public void onChange(Consumer<? super Change<T>> handler) {
        // On the informer's task, so that nothing changes between the objects told now and the changes told later.
        mailbox.put(new InformerMailbox.Command(() -> store.addHandler(handler)));
    }

    void onProgress(CacheProgress watcher) {
        store.addWatcher(watcher);
    }

    @Override
    public boolean hasSynced() {
        return store.synced();
    }

    @Override
    public void awaitSynced() throws InterruptedException {
        store.awaitSynced();
    }

    /** Starts the task; at most once. */
    void start() {
        task = environment.start("informer " + source, this::run);
    }

    /** Ends the task; returns at once. */
    void stop() {
        stopping = true;
        Task running = task;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() throws InterruptedException {
        try {
            inputs.add(new Input.Go());
            while (!stopping) {
                Input input = inputs.poll();
                if (input != null) {
                    take(input, null);
                } else {
                    awaitMessage();
                }
            }
        } finally {
            closeStream();
        }
    }

    private void awaitMessage() throws InterruptedException {
        InformerMailbox.Message message = mailbox.take(untilDeadline());
        if (message == null) {
            deadlinePassed();
            return;
        }
        switch (message) {
            case InformerMailbox.Command(Runnable action) -> action.run();
            case InformerMailbox.FromStream(int number, InformerMailbox.News news) -> {
                InformerStream current = stream;
                if (current != null && current.number() == number) {
                    news(current, news);
                } else if (news instanceof InformerMailbox.Opened late) {
                    // Closed before it was open.
                    late.body().cancel();
                }
            }
        }
    }

    private Duration untilDeadline() {
        long now = environment.nanoTime();
        if (state.paused()) {
            return Duration.ofNanos(Math.max(0, pausedUntilNanos - now));
        }
        InformerStream current = stream;
        return current == null ? SILENCE_MAX : Duration.ofNanos(Math.max(0, current.deadlineNanos() - now));
    }

    private void deadlinePassed() {
        long now = environment.nanoTime();
        InformerStream current = stream;
        if (state.paused()) {
            if (now - pausedUntilNanos >= 0) {
                inputs.add(new Input.Go());
            }
        } else if (current != null && now - current.deadlineNanos() >= 0) {
            LOG.info("{}: the stream has been silent for too long", source);
            inputs.add(new Input.Broken());
        }
    }

    private void news(InformerStream current, InformerMailbox.News news) throws InterruptedException {
        switch (news) {
            case InformerMailbox.Opened opened -> {
                if (opened.code() == 200) {
                    current.opened(opened.body(), environment.nanoTime());
                } else {
                    opened.body().cancel();
                    stream = null;
                    LOG.debug("{}: the stream was refused with {}", source, opened.code());
                    inputs.add(new Input.Refused(opened.code(), opened.retryAfterSeconds()));
                }
            }
            case InformerMailbox.Bytes(List<ByteBuffer> buffers) -> bytes(current, buffers);
            case InformerMailbox.Ended(Throwable problem) -> {
                if (problem != null || current.cut()) {
                    LOG.debug(
                            "{}: the stream broke off: {}",
                            source,
                            problem == null ? "within an event" : problem.toString());
                }
                stream = null;
                inputs.add(new Input.Ended(current.fruitful(environment.nanoTime())));
            }
        }
    }

    private void bytes(InformerStream current, List<ByteBuffer> buffers) throws InterruptedException {
        try {
            for (ByteBuffer buffer : buffers) {
                metrics.bytes().increment(buffer.remaining());
                current.accept(buffer, (bytes, offset, length) -> frame(current, bytes, offset, length));
            }
        } catch (IOException e) {
            LOG.info("{}: the stream brought what is no event: {}", source, e.toString());
            inputs.add(new Input.Broken());
            return;
        }
        store.tellProgress();
        if (stream == current) {
            current.more(environment.nanoTime());
        }
    }

    private void frame(InformerStream current, byte[] bytes, int offset, int length) throws IOException {
        if (stream != current) {
            // Closed by a line before this one of the same piece.
            return;
        }
        WatchEvent<T> event = WatchEvent.decode(bytes, offset, length, source.projection());
        metrics.events().increment();
        current.brought(event instanceof WatchEvent.Bookmark);
        if (event instanceof WatchEvent.Failed<T>(ApiStatus status)) {
            LOG.debug("{}: the server ended the stream: {} {}", source, status.code(), status.message());
        }
        take(
                switch (event) {
                    case WatchEvent.Present<T>(T ignored, ObjectMetadata metadata) ->
                        new Input.Changed(metadata.resourceVersion());
                    case WatchEvent.Gone<T>(T ignored, ObjectMetadata metadata) ->
                        new Input.Changed(metadata.resourceVersion());
                    case WatchEvent.Unreadable<T>(ObjectMetadata metadata, String ignored) ->
                        new Input.Changed(metadata.resourceVersion());
                    case WatchEvent.Bookmark<T>(String version, boolean initialEnd) ->
                        new Input.Bookmark(version, initialEnd);
                    case WatchEvent.Failed<T>(ApiStatus status) ->
                        new Input.StreamError(status.code(), status.retryAfterSeconds());
                },
                event);
    }

    private void take(Input input, @Nullable WatchEvent<T> event) {
        InformerProtocol.Step step = InformerProtocol.step(state, input);
        state = step.state();
        for (Output output : step.outputs()) {
            perform(output, event);
        }
    }

    private void perform(Output output, @Nullable WatchEvent<T> event) {
        switch (output) {
            case Output.Read(String version) -> open(version);
            case Output.ReadPage(String next, boolean whole) -> readPage(next, whole);
            case Output.Close() -> closeStream();
            case Output.Discard() -> store.discard();
            case Output.Collect() -> store.collect(event);
            case Output.Apply() -> store.apply(event);
            case Output.Replace(String version) -> store.replace(version);
            case Output.Reached(String version) -> store.cache().reached(ResourceVersions.parse(version));
            case Output.Pause(Duration about, boolean exact) -> pause(about, exact);
        }
    }

    private void open(String version) {
        closeStream();
        metrics.streams().increment();
        long seconds = STREAM_MIN.toSeconds() + environment.random().nextLong(STREAM_MIN.toSeconds());
        Duration silence = version.isEmpty()
                ? INITIAL_SILENCE_MAX
                : Duration.ofSeconds(seconds).plus(STREAM_SLACK);
        InformerStream opened = new InformerStream(++streamNumber, environment.nanoTime(), silence);
        stream = opened;
        connection.stream(
                InformerRequests.watch(connection, source, version, seconds), mailbox.receiver(opened.number()));
    }

    private void readPage(String next, boolean whole) {
        metrics.lists().increment();
        try {
            ApiConnection.Reply reply = connection
                    .send(InformerRequests.page(connection, source, next, whole))
                    .await();
            if (reply.code() != 200) {
                inputs.add(new Input.Refused(reply.code(), reply.retryAfterSeconds()));
                return;
            }
            metrics.bytes().increment(reply.body().length);
            ListPage<T> page = ListPage.decode(reply.body(), source.projection());
            store.collect(page);
            inputs.add(new Input.Page(page.version(), page.next()));
        } catch (ApiUnreachableException | IOException e) {
            LOG.info("{}: cannot be listed: {}", source, e.toString());
            inputs.add(new Input.Ended(false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeStream() {
        InformerStream current = stream;
        stream = null;
        if (current != null) {
            current.close();
        }
    }

    private void pause(Duration about, boolean exact) {
        metrics.failures().increment();
        // Up to half as long again, so that the informers of many processes do not all come back at once.
        long jitter = exact ? 0 : environment.random().nextLong(about.toNanos() / 2 + 1);
        pausedUntilNanos = environment.nanoTime() + about.toNanos() + jitter;
    }
}
