// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fairlead.environment.Api;
import java.io.IOException;
import java.util.function.Function;

/**
 * What an informer keeps of an object: each event is decoded once, straight from its bytes, into a {@code T}.
 *
 * <p>Values are shared by all readers and must not be changed by anyone. Informers are shared by sources whose projections are
 * equal, so keep a projection in a constant.
 *
 * @param <T> what readers see
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Projection<T> {
    /**
     * Decodes the object at {@code json}. Called by one thread at a time.
     *
     * @throws IOException if it cannot be decoded; the object is then treated as if it were not there, and counted
     */
    T decode(JsonCursor json) throws IOException;

    /** The metadata of a decoded object. */
    ObjectMetadata metadata(T object);

    /** Whether nothing but metadata is read, so that the server need not send more. */
    default boolean metadataOnly() {
        return false;
    }

    /**
     * The objects of a model class, whole: the convenient choice. Costs some ten times the time and memory of {@link #facts}.
     */
    static <T extends HasMetadata> Projection<T> typed(Class<T> model) {
        return new TypedProjection<>(model);
    }

    /** Metadata alone; of each object the server sends no more than that. */
    static Projection<ObjectMetadata> metadata() {
        return MetadataProjection.INSTANCE;
    }

    /** Whole objects of any kind. */
    static Projection<TreeObject> tree() {
        return TreeProjection.INSTANCE;
    }

    /**
     * A record of the facts that matter, read in one pass.
     *
     * @param name shown in metrics and messages
     */
    static <T> Projection<T> facts(String name, Decoder<T> decoder, Function<T, ObjectMetadata> metadata) {
        return new FactsProjection<>(name, decoder, metadata);
    }

    /** Reads an object in one pass. */
    @FunctionalInterface
    interface Decoder<T> {
        /** Reads the object at {@code json}, all of it. */
        T decode(JsonCursor json) throws IOException;
    }

    /** A whole object as a tree, which nobody may change. */
    record TreeObject(ObjectMetadata metadata, JsonNode tree) {}
}
