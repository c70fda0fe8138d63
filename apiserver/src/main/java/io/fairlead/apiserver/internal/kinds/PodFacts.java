// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * What the checks of parts of a pod must know of the whole.
 *
 * @param gracePeriod seconds that the pod has to stop
 * @param volumes the pod's valid volumes by name; invalid ones do not count as known
 * @param claimNames the names of the pod's resource claims
 * @param template whether this is a template, whose metadata comes from elsewhere
 */
record PodFacts(
        JsonObject spec,
        JsonObject metadata,
        long gracePeriod,
        Map<String, JsonObject> volumes,
        Set<String> claimNames,
        boolean template) {
    /** Whether the pod's users are the host's, as they are unless asked otherwise. */
    boolean hostUsers() {
        return !(spec.has("hostUsers") && !spec.flag("hostUsers"));
    }
}
