// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.resourcequota;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.controllers.internal.Quantity;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the controller wants to know of a ResourceQuota.
 *
 * @param hard what the spec limits
 * @param status what was counted, if anything was
 * @param scopes which objects it speaks of; all conditions must hold
 */
record QuotaFacts(ObjectMetadata metadata, Map<String, Quantity> hard, Status status, List<Scope> scopes) {
    static final Source<QuotaFacts> SOURCE = Source.of(
            ResourceType.RESOURCE_QUOTAS, Projection.facts("quota facts", QuotaFacts::read, QuotaFacts::metadata));

    QuotaFacts {
        hard = Map.copyOf(hard);
        scopes = List.copyOf(scopes);
    }

    /** The limits that were in force when it was counted, and the counts. */
    record Status(Map<String, Quantity> hard, Map<String, Quantity> used) {
        Status {
            hard = Map.copyOf(hard);
            used = Map.copyOf(used);
        }
    }

    private static QuotaFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        Map<String, Quantity> hard = Map.of();
        List<Scope> scopes = new ArrayList<>();
        Status status = new Status(Map.of(), Map.of());
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> {
                    JsonNode spec = json.tree();
                    hard = quantities(spec.path("hard"));
                    spec.path("scopes").forEach(name -> scopes.add(new Scope(name.asText(), "Exists", List.of())));
                    spec.path("scopeSelector").path("matchExpressions").forEach(each -> scopes.add(Scope.of(each)));
                }
                case "status" -> {
                    JsonNode tree = json.tree();
                    status = new Status(quantities(tree.path("hard")), quantities(tree.path("used")));
                }
                default -> json.skip();
            }
        }
        return new QuotaFacts(metadata, hard, status, scopes);
    }

    private static Map<String, Quantity> quantities(JsonNode map) {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        map.properties().forEach(each -> Quantity.parse(each.getValue().asText())
                .ifPresent(quantity -> quantities.put(each.getKey(), quantity)));
        return quantities;
    }
}
