// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.environment.Api;
import io.fairlead.framework.ControllerHost;

/** A way to have pods run, chosen when a cluster is put together. */
@Api(Api.Status.EXPERIMENTAL)
public interface NodeAgent {
    /**
     * The field manager of what the simulated agent writes: give it to the client of the host as user agent. It is that of KWOK,
     * whose conventions the agent keeps, so that what people wrote for KWOK finds the same fields owned by the same manager.
     */
    String USER_AGENT = "kwok";

    /** What the agent is called in options and messages. */
    String name();

    /** Adds what does the work to {@code host}, which is not started yet. Call it once for each host. */
    void addTo(ControllerHost host);

    /** Pretends that there are nodes. */
    static NodeAgent simulated(SimulatedNodes nodes) {
        return new SimulatedAgent(nodes);
    }

    /** Runs nothing, because real kubelets do. */
    static NodeAgent external() {
        return new ExternalAgent();
    }
}
