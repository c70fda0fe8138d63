// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.ObjectOrder;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.storage.Facts;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.storage.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * One served version of one resource: how its objects are named, keyed, encoded and selected, and the strategy of its kind.
 *
 * <p>Immutable; any thread may call it. Trees that it takes and gives are in the served version; what is stored may be in
 * another one, which only the {@link Conversion} knows.
 */
public final class Resource {
    /** Kinds whose objects exist only in requests: each is answered at once and never stored. */
    private static final Set<String> GROUPS_NEVER_STORED = Set.of("authentication.k8s.io", "authorization.k8s.io");

    private final ResourceDefinition definition;
    private final Strategy strategy;
    private final String keyPrefix;
    private final byte[] head;
    private final Conversion conversion;
    private final SelectableFields fields;
    private final GroupVersionKind storageKind;
    private final ObjectType type;

    Resource(
            ResourceDefinition definition,
            GroupVersionKind storageKind,
            Strategy strategy,
            ObjectType type,
            String keyPrefix) {
        this.definition = definition;
        this.type = type;
        this.strategy = strategy;
        this.keyPrefix = keyPrefix;
        this.storageKind = storageKind;
        this.head = head(storageKind);
        this.conversion = Conversion.between(definition.kind(), storageKind);
        this.fields = SelectableFields.of(storageKind);
    }

    public ResourceDefinition definition() {
        return definition;
    }

    /** The type of its objects in the served version. */
    public ObjectType type() {
        return type;
    }

    public Strategy strategy() {
        return strategy;
    }

    public GroupVersionKind kind() {
        return definition.kind();
    }

    /** The kind as which objects are stored, which is also the one that messages name. */
    public GroupVersionKind storageKind() {
        return storageKind;
    }

    /** Whether there is something to get and list. */
    public boolean stored() {
        return definition.verbs().contains("get") && !GROUPS_NEVER_STORED.contains(definition.group());
    }

    /** Whether stored bytes are what clients of this version get. */
    public boolean servedAsStored() {
        return conversion.isIdentity();
    }

    /** What the keys of all its objects begin with, with a slash at the end. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** What the keys of all objects in {@code namespace} begin with; all objects if that is empty. */
    public String keyPrefix(String namespace) {
        return namespace.isEmpty() ? keyPrefix : keyPrefix + namespace + "/";
    }

    public String key(String namespace, String name) {
        return keyPrefix(definition.namespaced() ? namespace : "") + name;
    }

    /** The namespace in {@code key}; empty for what is in none. */
    public String namespaceOf(String key) {
        int slash = key.indexOf('/', keyPrefix.length());
        return definition.namespaced() && slash > 0 ? key.substring(keyPrefix.length(), slash) : "";
    }

    /** The name in {@code key}. */
    public String nameOf(String key) {
        return definition.namespaced() ? key.substring(key.lastIndexOf('/') + 1) : key.substring(keyPrefix.length());
    }

    /** The fields that a field selector may name. */
    SelectableFields fields() {
        return fields;
    }

    /** {@code object}, of this version, in the version in which it is stored; may take it apart. */
    public JsonObject toStorage(JsonObject object) {
        return conversion.toStorage(object);
    }

    /** {@code object}, of this version, in the version that {@code other} serves of the same resource; may take it apart. */
    JsonObject convert(JsonObject object, Resource other) {
        return other.conversion.fromStorage(conversion.toStorage(object));
    }

    /** The object in the served version, as a tree of the caller's own. */
    public JsonObject tree(Stored stored) {
        JsonObject tree = (JsonObject) JsonReader.read(stored.json());
        tree.put("metadata", Metadata.inOrder(tree.objectOrEmpty("metadata")));
        return conversion.fromStorage(tree);
    }

    /** What to store of {@code object}: without its {@code resourceVersion}, metadata first. */
    public Value value(JsonObject object) {
        JsonObject converted = conversion.toStorage(object);
        JsonObject stored = servedAsStored() ? ObjectOrder.arranged(converted, type.struct()) : converted;
        JsonObject ordered = new JsonObject();
        JsonObject metadata = new JsonObject();
        JsonObject given = stored.objectOrEmpty("metadata");
        for (int i = 0; i < given.size(); i++) {
            if (!given.nameAt(i).equals("resourceVersion") && given.valueAt(i) != JsonNull.NULL) {
                metadata.put(given.nameAt(i), given.valueAt(i));
            }
        }
        ordered.put("metadata", metadata);
        for (int i = 0; i < stored.size(); i++) {
            String name = stored.nameAt(i);
            if (!name.equals("metadata") && !name.equals("apiVersion") && !name.equals("kind")) {
                ordered.put(name, stored.valueAt(i));
            }
        }
        byte[] json = JsonWriter.bytes(ordered);
        return new Value(head, Arrays.copyOfRange(json, 1, json.length), facts(stored));
    }

    private Facts facts(JsonObject stored) {
        JsonObject labels = stored.objectOrEmpty("metadata").object("labels");
        return new Facts(labels == null ? Map.of() : labels.textMembers(), fields.valuesOf(stored));
    }

    /** The beginning of each object of {@code kind}, up to its metadata. */
    public static byte[] head(GroupVersionKind kind) {
        return ("{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return definition.qualifiedName() + "/" + definition.version();
    }
}
