// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;

/**
 * Tells people what happened to an object, as Event objects.
 *
 * <p>Never blocks and never fails: events that are repeated are counted up in one object, similar ones are combined, too many about
 * one object are left out, and when the buffer is full they are dropped and counted. Any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface EventRecorder {
    /** What kind of news it is. */
    enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String apiName;

        Type(String apiName) {
            this.apiName = apiName;
        }

        public String apiName() {
            return apiName;
        }
    }

    /**
     * Records an event.
     *
     * @param reason why, in one word in upper camel case
     * @param action what was done; used by {@code events.k8s.io} recorders alone, which need it
     */
    void record(ObjectReference regarding, Type type, String reason, String action, String message);

    default void normal(ObjectReference regarding, String reason, String message) {
        record(regarding, Type.NORMAL, reason, "", message);
    }

    default void warning(ObjectReference regarding, String reason, String message) {
        record(regarding, Type.WARNING, reason, "", message);
    }
}
