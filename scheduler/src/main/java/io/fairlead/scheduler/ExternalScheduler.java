// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.ControllerHost;

/** Leaves all pods to somebody else. */
final class ExternalScheduler implements Scheduler {
    @Override
    public String name() {
        return "external";
    }

    @Override
    public void addTo(ControllerHost host) {
        // The work is done elsewhere.
    }
}
