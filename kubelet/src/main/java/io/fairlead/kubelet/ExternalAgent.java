// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.ControllerHost;

/** Leaves all nodes to somebody else. */
final class ExternalAgent implements NodeAgent {
    @Override
    public String name() {
        return "external";
    }

    @Override
    public void addTo(ControllerHost host) {
        // The work is done elsewhere.
    }
}
