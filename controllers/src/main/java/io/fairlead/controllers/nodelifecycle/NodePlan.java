// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.nodelifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a node lacks.
 *
 * @param taints all it is to have; empty if they are as they are to be
 * @param labels those it is to have besides what it has
 */
record NodePlan(Optional<JsonNode> taints, Map<String, String> labels) {
    NodePlan {
        labels = Map.copyOf(labels);
    }
}
