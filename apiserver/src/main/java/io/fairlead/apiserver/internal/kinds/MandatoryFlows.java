// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The flows without which no server can be relied on: what they say is fixed. */
final class MandatoryFlows {
    static final String EXEMPT = "exempt";

    private static final String EVERYTHING =
            """
            "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],"clusterScope":true,"namespaces":["*"]}],
            "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]
            """;

    private static final Map<String, JsonObject> SCHEMAS = Map.of(
            EXEMPT,
            read(
                    """
                    {"priorityLevelConfiguration":{"name":"exempt"},"matchingPrecedence":1,"rules":[
                    {"subjects":[{"kind":"Group","group":{"name":"system:masters"}}],"""
                            + EVERYTHING + "}]}"),
            "catch-all",
            read(
                    """
                    {"priorityLevelConfiguration":{"name":"catch-all"},"matchingPrecedence":10000,
                    "distinguisherMethod":{"type":"ByUser"},"rules":[{"subjects":[
                    {"kind":"Group","group":{"name":"system:unauthenticated"}},
                    {"kind":"Group","group":{"name":"system:authenticated"}}],"""
                            + EVERYTHING + "}]}"));

    private static final Map<String, JsonObject> LEVELS = Map.of(
            EXEMPT,
            read("""
            {"type":"Exempt"}"""),
            "catch-all",
            read(
                    """
                    {"type":"Limited","limited":{"nominalConcurrencyShares":5,"limitResponse":{"type":"Reject"},
                    "lendablePercent":0}}"""));

    private MandatoryFlows() {}

    private static JsonObject read(String json) {
        return (JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    static void validateSchema(String name, JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject fixed = SCHEMAS.get(name);
        if (fixed != null && !fixed.equals(spec)) {
            errors.invalid(
                    path, GoStructs.of("FlowSchemaSpec", spec), "spec of '" + name + "' must equal the fixed value");
        }
    }

    /** The level of what is exempt may say how much it lends. */
    static void validateLevel(String name, JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject fixed = LEVELS.get(name);
        if (fixed == null) {
            return;
        }
        JsonObject compared = spec.deepCopy();
        boolean exempt = name.equals(EXEMPT);
        if (exempt) {
            compared.remove("exempt");
        }
        if (!fixed.equals(compared)) {
            errors.invalid(
                    path,
                    GoStructs.of("PriorityLevelConfigurationSpec", spec),
                    "spec of '" + name + "' " + (exempt ? "except the 'spec.exempt' field " : "")
                            + "must equal the fixed value");
        }
    }
}
