// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects that plugins may look at, kept in a map. */
public final class StoredObjects implements ObjectAccess {
    private final Map<String, JsonObject> objects = new HashMap<>();

    /** Stores {@code json}, in which apostrophes stand for quotes, under its name and namespace. */
    public void put(String resource, String json) {
        put(resource, tree(json));
    }

    public void put(String resource, JsonObject object) {
        JsonObject metadata = object.objectOrEmpty("metadata");
        objects.put(resource + "/" + metadata.text("namespace") + "/" + metadata.text("name"), object);
    }

    public void remove(String resource, String namespace, String name) {
        objects.remove(resource + "/" + namespace + "/" + name);
    }

    public static JsonObject tree(String json) {
        return (JsonObject) JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<JsonObject> find(String qualifiedResource, String namespace, String name) {
        return Optional.ofNullable(objects.get(qualifiedResource + "/" + namespace + "/" + name))
                .map(JsonObject::deepCopy);
    }

    @Override
    public Optional<Map<String, String>> fields(String qualifiedResource, String namespace, String name) {
        return find(qualifiedResource, namespace, name)
                .map(object ->
                        Map.of("status.phase", object.objectOrEmpty("status").text("phase")));
    }

    @Override
    public Optional<Map<String, String>> labels(String qualifiedResource, String namespace, String name) {
        return find(qualifiedResource, namespace, name)
                .map(object ->
                        object.objectOrEmpty("metadata").objectOrEmpty("labels").textMembers());
    }

    @Override
    public List<JsonObject> list(String qualifiedResource, String namespace) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(qualifiedResource + "/" + namespace))
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }

    @Override
    public boolean replace(String qualifiedResource, JsonObject object) {
        put(qualifiedResource, object);
        return true;
    }
}
