// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;

/**
 * How to change the slices of a Service.
 *
 * @param labels those of every slice
 */
record SlicePlan(List<Create> create, List<Update> update, List<Slice> delete, Map<String, String> labels) {
    SlicePlan {
        create = List.copyOf(create);
        update = List.copyOf(update);
        delete = List.copyOf(delete);
    }

    /** A new slice. */
    record Create(String addressType, ArrayNode endpoints, ArrayNode ports) {}

    /** New contents of a slice. */
    record Update(Slice slice, ArrayNode endpoints, ArrayNode ports) {}

    boolean nothing() {
        return create.isEmpty() && update.isEmpty() && delete.isEmpty();
    }
}
