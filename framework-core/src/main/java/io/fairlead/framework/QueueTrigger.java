// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.time.Duration;

/** Adds keys to a queue with one priority. */
record QueueTrigger(WorkQueue<ObjectKey> queue, Priority priority) implements Trigger {
    @Override
    public void wake(ObjectKey key) {
        queue.add(key, priority);
    }

    @Override
    public void wakeAfter(ObjectKey key, Duration delay) {
        queue.addAfter(key, delay, priority);
    }
}
