// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.environment.Signal;
import io.fairlead.framework.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the scheduler's task has yet to look at: keys of changed objects, each once, and bindings that have ended. Any thread may
 * put something in. As large as the cluster at most, and the binder's bound.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Signal filled;
    private Set<ObjectKey> pods = new LinkedHashSet<>();
    private Set<String> nodes = new LinkedHashSet<>();
    private Deque<Binder.Outcome> outcomes = new ArrayDeque<>();

    /** What was in the inbox at one moment. */
    record Contents(List<ObjectKey> pods, List<String> nodes, List<Binder.Outcome> outcomes) {}

    Inbox(Signal filled) {
        this.filled = filled;
    }

    void podChanged(ObjectKey key) {
        lock.lock();
        try {
            pods.add(key);
        } finally {
            lock.unlock();
        }
        filled.raise();
    }

    void nodeChanged(String name) {
        lock.lock();
        try {
            nodes.add(name);
        } finally {
            lock.unlock();
        }
        filled.raise();
    }

    void bindingEnded(Binder.Outcome outcome) {
        lock.lock();
        try {
            outcomes.add(outcome);
        } finally {
            lock.unlock();
        }
        filled.raise();
    }

    Contents empty() {
        lock.lock();
        try {
            Contents contents = new Contents(new ArrayList<>(pods), new ArrayList<>(nodes), new ArrayList<>(outcomes));
            pods = new LinkedHashSet<>();
            nodes = new LinkedHashSet<>();
            outcomes = new ArrayDeque<>();
            return contents;
        } finally {
            lock.unlock();
        }
    }
}
