// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import io.fairlead.framework.ResourceType;
import java.util.List;

/** The kinds in namespaces that the server serves, as far as they are known. Any thread may use it. */
final class ServedKinds {
    private volatile List<ResourceType> known = List.of();

    List<ResourceType> known() {
        return known;
    }

    void know(List<ResourceType> kinds) {
        known = List.copyOf(kinds);
    }
}
