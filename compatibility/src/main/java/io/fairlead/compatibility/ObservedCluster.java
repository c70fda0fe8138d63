// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.compatibility.ScenarioKinds.Kind;
import io.fairlead.compatibility.Target.Call;
import io.fairlead.compatibility.Target.EventStream;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import io.fairlead.environment.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server, and the state of all watched kinds as its watches tell it. Any thread may ask. */
final class ObservedCluster {
    /** How long a watch waits before it looks whether it is still wanted. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Map<String, String> JSON_IN_AND_OUT =
            Map.of("Accept", "application/json", "Content-Type", "application/json");

    record Key(String plural, String namespace, String name) {
        static Key of(Kind kind, JsonNode object) {
            JsonNode metadata = object.path("metadata");
            return new Key(
                    kind.plural(),
                    metadata.path("namespace").asText(""),
                    metadata.path("name").asText());
        }
    }

    /** One thing that happened; {@code old} is the object before, if it was known. */
    record Change(long revision, String type, Kind kind, JsonNode object, @Nullable JsonNode old) {}

    final Environment environment;
    final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    /** Raised by each change: one for each that waits. */
    private final List<Signal> waiting = new CopyOnWriteArrayList<>();

    private final Map<Key, JsonNode> state = new HashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<Task> watches = new ArrayList<>();
    private volatile boolean closed;

    ObservedCluster(Environment environment, Target target) {
        this.environment = environment;
        this.target = target;
    }

    /** Lists every watched kind and follows it from there. */
    void start() {
        for (Kind kind : ScenarioKinds.all()) {
            if (!kind.watched()) {
                continue;
            }
            Target.Answer answer = call("GET", kind.path("", "", ""), null);
            JsonNode list = Json.tryRead(answer.body()).orElseGet(Json::object);
            if (answer.status() != 200) {
                continue;
            }
            lock.lock();
            try {
                list.path("items").forEach(object -> state.put(Key.of(kind, object), object));
            } finally {
                lock.unlock();
            }
            String from = list.path("metadata").path("resourceVersion").asText();
            watches.add(environment.start("watch " + kind.plural(), () -> watch(kind, from)));
        }
    }

    private void watch(Kind kind, String from) {
        String path = kind.path("", "", "") + "?watch=1&timeoutSeconds=3500&resourceVersion=" + from;
        EventStream stream = target.open(new Call("GET", path, JSON_IN_AND_OUT, null, "admin"));
        while (!closed && !stream.ended()) {
            for (JsonNode event : stream.take(1, POLL, false)) {
                take(kind, event);
            }
        }
    }

    private void take(Kind kind, JsonNode event) {
        JsonNode object = event.path("object");
        String type = event.path("type").asText();
        if (type.equals("BOOKMARK") || type.equals("ERROR")) {
            return;
        }
        lock.lock();
        try {
            Key key = Key.of(kind, object);
            JsonNode old = type.equals("DELETED") ? state.remove(key) : state.put(key, object);
            Change change =
                    new Change(object.path("metadata").path("resourceVersion").asLong(), type, kind, object, old);
            listeners.forEach(listener -> listener.accept(change));
        } finally {
            lock.unlock();
        }
        waiting.forEach(Signal::raise);
    }

    Target.Answer call(String method, String path, @Nullable JsonNode body) {
        return call(method, path, body, "application/json");
    }

    Target.Answer call(String method, String path, @Nullable JsonNode body, String contentType) {
        Map<String, String> headers = Map.of("Accept", "application/json", "Content-Type", contentType);
        byte[] bytes = body == null ? null : Json.write(body).getBytes(StandardCharsets.UTF_8);
        return target.send(new Call(method, path, headers, bytes, "admin"));
    }

    void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    void ignore(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    List<JsonNode> objects(Kind kind, String namespace) {
        lock.lock();
        try {
            List<JsonNode> found = new ArrayList<>();
            state.forEach((key, object) -> {
                if (key.plural().equals(kind.plural()) && key.namespace().equals(namespace)) {
                    found.add(object);
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }

    Map<Key, JsonNode> snapshot() {
        lock.lock();
        try {
            return new HashMap<>(state);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code condition} holds, looking again after each change. Returns whether it came to hold in time. */
    boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long deadline = environment.nanoTime() + timeout.toNanos();
        Signal changed = environment.newSignal();
        waiting.add(changed);
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - environment.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.await(Duration.ofNanos(left));
            }
            return true;
        } finally {
            waiting.remove(changed);
        }
    }

    /** Ends the watches, which takes them a moment, and closes the way to the server. */
    void stop() throws InterruptedException {
        closed = true;
        for (Task watch : watches) {
            watch.join(POLL.multipliedBy(2));
        }
        target.close();
    }
}
