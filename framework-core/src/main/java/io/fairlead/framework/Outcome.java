// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.time.Duration;

/**
 * How a reconcile ended.
 *
 * <p>Made by reconcilers, taken apart by the framework alone: more cases may be added.
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface Outcome {
    /** Nothing more to do until something changes. Forgets earlier failures. */
    record Settled() implements Outcome {}

    /** As settled, but look again after a while in any case. Of several of one key, the earliest counts. */
    record Recheck(Duration after, String reason) implements Outcome {
        public Recheck {
            requireNonNull(after, "after");
            requireNonNull(reason, "reason");
        }
    }

    /** Try again soon: later after each time in a row, and never more than the controller's limit. */
    record Retry(String reason) implements Outcome {
        public Retry {
            requireNonNull(reason, "reason");
        }
    }

    /** Trying again would not help; wait for a change. Logged and counted. */
    record Failed(String reason) implements Outcome {
        public Failed {
            requireNonNull(reason, "reason");
        }
    }

    static Outcome settled() {
        return new Settled();
    }

    static Outcome recheck(Duration after, String reason) {
        return new Recheck(after, reason);
    }

    static Outcome retry(String reason) {
        return new Retry(reason);
    }

    static Outcome failed(String reason) {
        return new Failed(reason);
    }
}
