// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every object has in common, without {@code managedFields}. Immutable.
 *
 * @param namespace empty for objects of the cluster
 * @param generateName empty if the name was given
 * @param resourceVersion empty in an object that was never stored
 * @param creationTimestamp {@link Instant#EPOCH} in an object that was never stored
 * @param labels in the order of the object
 * @param annotations in the order of the object
 */
@Api(Api.Status.EXPERIMENTAL)
public record ObjectMetadata(
        String namespace,
        String name,
        String generateName,
        String uid,
        String resourceVersion,
        long generation,
        Instant creationTimestamp,
        Optional<Instant> deletionTimestamp,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<OwnerReference> ownerReferences,
        List<String> finalizers) {
    public ObjectMetadata {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(generateName, "generateName");
        requireNonNull(uid, "uid");
        requireNonNull(resourceVersion, "resourceVersion");
        requireNonNull(creationTimestamp, "creationTimestamp");
        requireNonNull(deletionTimestamp, "deletionTimestamp");
        // Not Map.copyOf: its order differs from run to run, and runs must be repeatable.
        labels = StringMap.copyOf(labels);
        annotations = StringMap.copyOf(annotations);
        ownerReferences = List.copyOf(ownerReferences);
        finalizers = List.copyOf(finalizers);
    }

    /** Metadata with nothing but a place and an identity: for tests and for objects about to be made. */
    public static ObjectMetadata of(String namespace, String name, String uid) {
        return new ObjectMetadata(
                namespace,
                name,
                "",
                uid,
                "",
                0,
                Instant.EPOCH,
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    public ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    /** Whether deletion has been asked for. */
    public boolean terminating() {
        return deletionTimestamp.isPresent();
    }

    /** The owner that manages this object, of which there is at most one. */
    public Optional<OwnerReference> controller() {
        for (OwnerReference owner : ownerReferences) {
            if (owner.controller()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** Whether the owner with {@code ownerUid} manages this object. */
    public boolean controlledBy(String ownerUid) {
        for (OwnerReference owner : ownerReferences) {
            if (owner.controller()) {
                return owner.uid().equals(ownerUid);
            }
        }
        return false;
    }

    /** The value of the label {@code key}, or the empty string. */
    public String label(String key) {
        return labels.getOrDefault(key, "");
    }

    /** The value of the annotation {@code key}, or the empty string. */
    public String annotation(String key) {
        return annotations.getOrDefault(key, "");
    }

    /** The same with other labels. */
    public ObjectMetadata withLabels(Map<String, String> newLabels) {
        Fields fields = new Fields(this);
        fields.labels = newLabels;
        return fields.toMetadata();
    }

    /** The same with other owners. */
    public ObjectMetadata withOwnerReferences(List<OwnerReference> newOwners) {
        Fields fields = new Fields(this);
        fields.ownerReferences = newOwners;
        return fields.toMetadata();
    }

    /** Reads the value at {@code json}, which is that of the field {@code metadata}. */
    public static ObjectMetadata read(JsonCursor json) throws IOException {
        Fields fields = new Fields();
        json.beginObject();
        while (json.nextField()) {
            fields.read(json);
        }
        return fields.toMetadata();
    }

    /** What has been read, or changed, so far. */
    private static final class Fields {
        private String namespace = "";
        private String name = "";
        private String generateName = "";
        private String uid = "";
        private String resourceVersion = "";
        private long generation;
        private Instant creationTimestamp = Instant.EPOCH;
        private Optional<Instant> deletionTimestamp = Optional.empty();
        private Map<String, String> labels = StringMap.EMPTY;
        private Map<String, String> annotations = StringMap.EMPTY;
        private List<OwnerReference> ownerReferences = List.of();
        private List<String> finalizers = List.of();

        private Fields() {}

        private Fields(ObjectMetadata metadata) {
            this.namespace = metadata.namespace;
            this.name = metadata.name;
            this.generateName = metadata.generateName;
            this.uid = metadata.uid;
            this.resourceVersion = metadata.resourceVersion;
            this.generation = metadata.generation;
            this.creationTimestamp = metadata.creationTimestamp;
            this.deletionTimestamp = metadata.deletionTimestamp;
            this.labels = metadata.labels;
            this.annotations = metadata.annotations;
            this.ownerReferences = metadata.ownerReferences;
            this.finalizers = metadata.finalizers;
        }

        private void read(JsonCursor json) throws IOException {
            switch (json.field()) {
                case "namespace" -> namespace = json.shared();
                case "name" -> name = json.text();
                case "generateName" -> generateName = json.shared();
                case "uid" -> uid = json.text();
                case "resourceVersion" -> resourceVersion = json.text();
                case "generation" -> generation = json.integer();
                case "creationTimestamp" -> creationTimestamp = json.time().orElse(Instant.EPOCH);
                case "deletionTimestamp" -> deletionTimestamp = json.time();
                case "labels" -> labels = json.strings();
                case "annotations" -> annotations = json.strings();
                case "ownerReferences" -> ownerReferences = json.list(OwnerReference::read);
                case "finalizers" -> finalizers = json.texts();
                default -> json.skip();
            }
        }

        private ObjectMetadata toMetadata() {
            return new ObjectMetadata(
                    namespace,
                    name,
                    generateName,
                    uid,
                    resourceVersion,
                    generation,
                    creationTimestamp,
                    deletionTimestamp,
                    labels,
                    annotations,
                    ownerReferences,
                    finalizers);
        }
    }
}
