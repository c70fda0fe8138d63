// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.http.Form.Shape;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.table.Column;
import io.fairlead.apiserver.internal.table.TableFormat;
import io.fairlead.apiserver.internal.table.Tables;
import java.time.Clock;
import java.util.List;

/** Shows objects as the shape that was asked for: whole, as rows of a table, or their metadata. Pure but for ages. */
record Shapes(Form form, IncludeObject include, Clock clock) {
    private static final String META = "meta.k8s.io/";

    /** What a row of a table has beside its cells. */
    enum IncludeObject {
        NONE,
        METADATA,
        OBJECT;

        /** @throws StatusException 400 if the query says something else */
        static IncludeObject of(String text) {
            return switch (text) {
                case "None" -> NONE;
                case "Object" -> OBJECT;
                case "", "Metadata" -> METADATA;
                default ->
                    throw ApiStatus.badRequest(
                                    "Unable to convert to Table as requested: includeObject: Invalid value: \"" + text
                                            + "\": must be 'Metadata', 'Object', 'None', or empty")
                            .exception();
            };
        }
    }

    /**
     * One object.
     *
     * @throws StatusException 406 if the shape is for many, or the resource has no such shape
     */
    JsonObject one(Resource resource, JsonObject object) {
        if (object.text("kind").equals("Status") || form.shape() == Shape.OBJECT) {
            return object;
        }
        refuseUnlessStored(resource);
        return switch (form.shape()) {
            case OBJECT -> object;
            case PARTIAL -> partial(resource, object);
            case TABLE -> {
                JsonObject metadata = new JsonObject();
                String version = object.objectOrEmpty("metadata").text("resourceVersion");
                if (!version.isEmpty()) {
                    metadata.put("resourceVersion", version);
                }
                yield table(resource, metadata, List.of(object), true);
            }
            case PARTIAL_LIST ->
                throw notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list ("
                        + goName(resource, object.text("kind")) + ")");
        };
    }

    /**
     * Many objects.
     *
     * @param metadata of the list
     * @throws StatusException 406 if the shape is for one
     */
    JsonObject many(Answer.Many many, JsonObject metadata, List<JsonObject> objects) {
        Resource resource = many.resource();
        String kind = resource.kind().kind() + "List";
        return switch (form.shape()) {
            case OBJECT -> {
                JsonArray items = new JsonArray();
                for (JsonObject object : objects) {
                    object.remove("apiVersion");
                    object.remove("kind");
                    items.add(object);
                }
                yield list(kind, resource.kind().apiVersion(), metadata, items);
            }
            case PARTIAL_LIST -> {
                JsonArray items = new JsonArray();
                objects.forEach(object -> items.add(partial(resource, object)));
                // Go's list is never made if nothing comes into it.
                yield list("PartialObjectMetadataList", META + form.version(), metadata, items)
                        .put("items", items.isEmpty() ? JsonNull.NULL : items);
            }
            case TABLE -> table(resource, metadata, objects, true);
            case PARTIAL ->
                throw notAcceptable("you requested PartialObjectMetadata, but the requested object is a list ("
                        + goName(resource, kind) + ")");
        };
    }

    private static JsonObject list(String kind, String apiVersion, JsonObject metadata, JsonArray items) {
        return new JsonObject()
                .put("kind", kind)
                .put("apiVersion", apiVersion)
                .put("metadata", metadata)
                .put("items", items);
    }

    /** The metadata of {@code object} as an object of its own: as the original holds it, before it makes a served version of it. */
    JsonObject partial(Resource resource, JsonObject object) {
        JsonObject held = resource.servedAsStored() ? object : resource.toStorage(object.deepCopy());
        JsonObject metadata = held.objectOrEmpty("metadata");
        List<String> added = resource.strategy().servedAnnotations();
        if (!added.isEmpty()) {
            metadata = metadata.deepCopy();
            JsonObject annotations = metadata.child("annotations");
            added.forEach(annotations::remove);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        return new JsonObject()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", META + form.version())
                .put("metadata", metadata);
    }

    /** A table of {@code objects}, with or without the definitions of its columns. */
    JsonObject table(Resource resource, JsonObject metadata, List<JsonObject> objects, boolean columns) {
        TableFormat format = Tables.of(resource.storageKind());
        JsonArray rows = new JsonArray();
        for (JsonObject object : format.arranged(objects)) {
            rows.add(row(resource, format, object));
        }
        JsonObject table = new JsonObject()
                .put("kind", "Table")
                .put("apiVersion", META + form.version())
                .put("metadata", metadata);
        table.put("columnDefinitions", columns ? definitions(format.columns()) : JsonNull.NULL);
        return table.put("rows", rows);
    }

    private JsonObject row(Resource resource, TableFormat format, JsonObject object) {
        JsonObject stored = resource.servedAsStored() ? object : resource.toStorage(object.deepCopy());
        JsonObject row = new JsonObject().put("cells", format.cells(stored, clock.instant()));
        JsonArray conditions = format.conditions(stored);
        if (!conditions.isEmpty()) {
            row.put("conditions", conditions);
        }
        return switch (include) {
            case NONE -> row.put("object", JsonNull.NULL);
            case METADATA -> row.put("object", partial(resource, object));
            case OBJECT -> row.put("object", object);
        };
    }

    private static JsonArray definitions(List<Column> columns) {
        JsonArray definitions = new JsonArray();
        for (Column column : columns) {
            definitions.add(new JsonObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", "")
                    .put("priority", column.priority()));
        }
        return definitions;
    }

    private static void refuseUnlessStored(Resource resource) {
        if (!resource.stored()) {
            throw Negotiation.notAcceptable();
        }
    }

    private static StatusException notAcceptable(String message) {
        return new ApiStatus(406, "NotAcceptable", message, null).exception();
    }

    /** How Go prints the type of the original's internal objects. */
    private static String goName(Resource resource, String kind) {
        String group = resource.definition().group();
        return "*" + (group.isEmpty() ? "core" : group.split("\\.", 2)[0]) + "." + kind;
    }
}
