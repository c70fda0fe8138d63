// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects of a fabric8 model class, decoded as the fabric8 client decodes them. */
record TypedProjection<T extends HasMetadata>(Class<T> model) implements Projection<T> {
    TypedProjection {
        requireNonNull(model, "model");
    }

    @Override
    public T decode(JsonCursor json) throws IOException {
        T object = Mapper.READER.forType(model).readValue(json.parser());
        ObjectMeta metadata = object.getMetadata();
        if (metadata == null) {
            throw new IOException("an object without metadata");
        }
        metadata.setManagedFields(List.of());
        return object;
    }

    @Override
    public ObjectMetadata metadata(T object) {
        ObjectMeta meta = object.getMetadata();
        return new ObjectMetadata(
                text(meta.getNamespace()),
                text(meta.getName()),
                text(meta.getGenerateName()),
                text(meta.getUid()),
                text(meta.getResourceVersion()),
                Objects.requireNonNullElse(meta.getGeneration(), 0L),
                time(meta.getCreationTimestamp()).orElse(Instant.EPOCH),
                time(meta.getDeletionTimestamp()),
                Objects.requireNonNullElse(meta.getLabels(), Map.of()),
                Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
                owners(meta),
                Objects.requireNonNullElse(meta.getFinalizers(), List.of()));
    }

    private static List<OwnerReference> owners(ObjectMeta meta) {
        List<OwnerReference> owners = new ArrayList<>();
        for (io.fabric8.kubernetes.api.model.OwnerReference owner : Objects.requireNonNullElse(
                meta.getOwnerReferences(), List.<io.fabric8.kubernetes.api.model.OwnerReference>of())) {
            owners.add(new OwnerReference(
                    text(owner.getApiVersion()),
                    text(owner.getKind()),
                    text(owner.getName()),
                    text(owner.getUid()),
                    Boolean.TRUE.equals(owner.getController()),
                    Boolean.TRUE.equals(owner.getBlockOwnerDeletion())));
        }
        return owners;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Optional<Instant> time(@Nullable String value) {
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(Timestamps.parse(value));
    }

    @Override
    public String toString() {
        return model.getSimpleName();
    }

    /** Made when the first typed object is wanted: programs that read facts alone never pay for it. */
    private static final class Mapper {
        private static final ObjectReader READER = reader();

        private static ObjectReader reader() {
            ObjectMapper mapper = new ObjectMapper(JsonCursor.FACTORY.copy());
            KubernetesSerialization configured = new KubernetesSerialization(mapper, false);
            Objects.requireNonNull(configured);
            return mapper.reader();
        }
    }
}
