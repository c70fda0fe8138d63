// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fairlead.environment.Api;

/**
 * What to watch, and what to keep of it. Equal sources of one host share one stream and one cache.
 *
 * @param <T> what readers see
 */
@Api(Api.Status.EXPERIMENTAL)
public record Source<T>(ResourceType type, Projection<T> projection, Selection selection) {
    public Source {
        requireNonNull(type, "type");
        requireNonNull(projection, "projection");
        requireNonNull(selection, "selection");
        if (!type.namespaced() && !selection.namespace().isEmpty()) {
            throw new IllegalArgumentException(
                    type + " are in no namespace, but only " + selection.namespace() + " is selected");
        }
    }

    /** All objects of the kind, reduced by {@code projection}. */
    public static <T> Source<T> of(ResourceType type, Projection<T> projection) {
        return new Source<>(type, projection, Selection.ALL);
    }

    /** All objects of a model class, whole. */
    public static <T extends HasMetadata> Source<T> of(Class<T> model) {
        return of(ResourceType.of(model), Projection.typed(model));
    }

    /** The same of fewer objects. */
    public Source<T> selecting(Selection newSelection) {
        return new Source<>(type, projection, newSelection);
    }

    @Override
    public String toString() {
        String of = selection.equals(Selection.ALL) ? "" : " of " + selection;
        return type + " as " + projection + of;
    }
}
