// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.garbagecollector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers owners that the server said are not there, so that a thousand orphans ask once. Any thread may use it. */
final class AbsentOwners {
    /** As in the original. A uid that was gone once never comes back, so what is forgotten is merely asked again. */
    static final int REMEMBERED_MAX = 500;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Map<Identity, Boolean> absent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    void add(Identity owner) {
        lock.lock();
        try {
            absent.put(owner, true);
        } finally {
            lock.unlock();
        }
    }

    boolean contains(Identity owner) {
        lock.lock();
        try {
            // Not containsKey: looking keeps what is looked for.
            return absent.get(owner) != null;
        } finally {
            lock.unlock();
        }
    }
}
