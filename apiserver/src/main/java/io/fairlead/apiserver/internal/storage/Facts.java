// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import java.util.Map;

/**
 * What selectors look at, kept beside an object's bytes so that neither a list nor an event has to be parsed to be filtered.
 *
 * @param labels of the object
 * @param fields the selectable fields of its kind by name, such as {@code spec.nodeName}; without {@code metadata.name} and
 *     {@code metadata.namespace}, which the key tells
 */
public record Facts(Map<String, String> labels, Map<String, String> fields) {
    /** Of an object without labels and selectable fields. */
    public static final Facts NONE = new Facts(Map.of(), Map.of());

    public Facts {
        labels = Map.copyOf(labels);
        fields = Map.copyOf(fields);
    }
}
