// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.selector.FieldSelector;
import io.fairlead.apiserver.internal.selector.LabelSelector;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which objects of a resource a list or a watch sees.
 *
 * @param keyPrefix of the namespace, or of all
 */
record Selection(Resource resource, String keyPrefix, LabelSelector labels, FieldSelector fields)
        implements Predicate<Stored> {
    /** Whether it takes every key below its prefix. */
    boolean isEverything() {
        return labels.isEmpty() && fields.isEmpty();
    }

    @Override
    public boolean test(Stored stored) {
        return stored.key().startsWith(keyPrefix)
                && (fields.isEmpty() || fields.matches(field -> fieldOf(stored, field)))
                && labels.matches(stored.facts().labels());
    }

    private String fieldOf(Stored stored, String field) {
        return switch (field) {
            case "metadata.name" -> resource.nameOf(stored.key());
            case "metadata.namespace" -> resource.namespaceOf(stored.key());
            default -> {
                Map<String, String> known = stored.facts().fields();
                yield known.getOrDefault(field, "");
            }
        };
    }
}
