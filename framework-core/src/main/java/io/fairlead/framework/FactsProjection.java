// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.function.Function;

/** Two are the same only if they are one: lambdas cannot be compared. */
final class FactsProjection<T> implements Projection<T> {
    private final String name;
    private final Projection.Decoder<T> decoder;
    private final Function<T, ObjectMetadata> metadata;

    FactsProjection(String name, Projection.Decoder<T> decoder, Function<T, ObjectMetadata> metadata) {
        this.name = requireNonNull(name, "name");
        this.decoder = requireNonNull(decoder, "decoder");
        this.metadata = requireNonNull(metadata, "metadata");
    }

    @Override
    public T decode(JsonCursor json) throws IOException {
        return decoder.decode(json);
    }

    @Override
    public ObjectMetadata metadata(T object) {
        return metadata.apply(object);
    }

    @Override
    public String toString() {
        return name;
    }
}
