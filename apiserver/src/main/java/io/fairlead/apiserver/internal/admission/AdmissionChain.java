// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import java.util.List;

/** All plugins, in the order in which they are asked. */
public final class AdmissionChain {
    private final List<AdmissionPlugin> plugins;

    public AdmissionChain(List<AdmissionPlugin> plugins) {
        this.plugins = List.copyOf(plugins);
    }

    public void mutate(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(request);
        }
    }

    public void validate(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(request);
        }
    }
}
