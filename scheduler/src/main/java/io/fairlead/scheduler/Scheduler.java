// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.environment.Api;
import io.fairlead.framework.ControllerHost;

/** A way to have pods placed on nodes, chosen when a cluster is put together. */
@Api(Api.Status.EXPERIMENTAL)
public interface Scheduler {
    /** The field manager of what the built-in scheduler writes: give it to the client of the host as user agent. */
    String USER_AGENT = "kube-scheduler";

    /** The name that pods which ask for no scheduler in particular carry. */
    String DEFAULT_NAME = "default-scheduler";

    /** What the scheduler is called in options and messages. */
    String name();

    /** Adds what does the work to {@code host}, which is not started yet. Call it once for each host. */
    void addTo(ControllerHost host);

    /** Places the pods that ask for {@link #DEFAULT_NAME}. */
    static Scheduler builtin() {
        return new BuiltinScheduler(DEFAULT_NAME);
    }

    /** Places no pod, because a program outside does. */
    static Scheduler external() {
        return new ExternalScheduler();
    }
}
