// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;

/** Turns the keys of labels in affinity and spreading rules into what they stand for in one pod. */
final class PodScheduling {
    private static final List<String> AFFINITIES = List.of("podAffinity", "podAntiAffinity");

    private PodScheduling() {}

    /** Adds to the label selectors of {@code pod} what its own labels have under the keys that the rules name. */
    static void mergeMatchLabelKeys(JsonObject pod) {
        JsonObject spec = pod.objectOrEmpty("spec");
        JsonObject labels = pod.objectOrEmpty("metadata").objectOrEmpty("labels");
        JsonObject affinity = spec.object("affinity");
        for (String kind : AFFINITIES) {
            JsonObject rules = affinity == null ? null : affinity.object(kind);
            if (rules == null) {
                continue;
            }
            for (JsonObject term : rules.objects("requiredDuringSchedulingIgnoredDuringExecution")) {
                mergeTerm(term, labels);
            }
            for (JsonObject weighted : rules.objects("preferredDuringSchedulingIgnoredDuringExecution")) {
                mergeTerm(weighted.objectOrEmpty("podAffinityTerm"), labels);
            }
        }
        for (JsonObject constraint : spec.objects("topologySpreadConstraints")) {
            merge(constraint, "matchLabelKeys", "In", labels);
        }
    }

    private static void mergeTerm(JsonObject term, JsonObject labels) {
        merge(term, "matchLabelKeys", "In", labels);
        merge(term, "mismatchLabelKeys", "NotIn", labels);
    }

    private static void merge(JsonObject rule, String keys, String operator, JsonObject labels) {
        JsonObject selector = rule.object("labelSelector");
        if (selector == null) {
            return;
        }
        for (String key : rule.texts(keys)) {
            if (labels.has(key)) {
                selector.childArray("matchExpressions")
                        .add(new JsonObject()
                                .put("key", key)
                                .put("operator", operator)
                                .put("values", JsonArray.ofStrings(List.of(labels.text(key)))));
            }
        }
    }
}
