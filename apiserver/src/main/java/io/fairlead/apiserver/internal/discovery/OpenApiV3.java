// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.discovery.ApiOperation.Body;
import io.fairlead.apiserver.internal.discovery.ApiOperation.Parameter;
import io.fairlead.apiserver.internal.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The documents of OpenAPI version 3: one for each group version, and small ones for the other paths. Pure. */
final class OpenApiV3 {
    private static final List<String> PATCHES = List.of(
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json");

    private static final Map<Integer, String> REASONS = Map.of(200, "OK", 201, "Created", 202, "Accepted");

    private final ApiSections sections;
    private final Descriptions descriptions;

    OpenApiV3(Catalog catalog, Descriptions descriptions) {
        this.sections = new ApiSections(catalog);
        this.descriptions = descriptions;
    }

    /** The names of the documents, such as {@code apis/apps/v1}. */
    Set<String> names() {
        return sections.names();
    }

    /** The document {@code name}, which is one of {@link #names}. */
    JsonObject document(String name) {
        ApiSections.Section section = sections.section(name);
        OpenApiSchemas schemas = new OpenApiSchemas(true, descriptions, section.group(), section.version());
        JsonObject paths = new JsonObject();
        section.paths().forEach((path, operations) -> paths.append(path, path(operations, section.tag(), schemas)));
        JsonObject document = document(paths, schemas);
        return name.equals("version") ? version(document) : document;
    }

    /** The one document whose answer is no type of the API. */
    private static JsonObject version(JsonObject document) {
        String name = "io.k8s.apimachinery.pkg.version.Info";
        JsonObject reference = new JsonObject().put("$ref", "#/components/schemas/" + name);
        JsonObject get = document.child("paths").child("/version/").child("get");
        get.child("responses").child("200").put("content", content(List.of("application/json"), reference));
        document.child("components").put("schemas", new JsonObject().put(name, Version.openApi(true)));
        return document;
    }

    private static JsonObject document(JsonObject paths, OpenApiSchemas schemas) {
        JsonObject components = new JsonObject();
        JsonObject definitions = schemas.definitions();
        if (!definitions.isEmpty()) {
            components.put("schemas", definitions);
        }
        JsonObject token = new JsonObject()
                .put("type", "apiKey")
                .put("description", "Bearer Token authentication")
                .put("name", "authorization")
                .put("in", "header");
        components.put("securitySchemes", new JsonObject().put("BearerToken", token));
        return new JsonObject()
                .put("openapi", "3.0.0")
                .put("info", new JsonObject().put("title", "Kubernetes").put("version", "1.36"))
                .put("paths", paths)
                .put("components", components);
    }

    private static JsonObject path(List<ApiOperation> operations, String tag, OpenApiSchemas schemas) {
        JsonObject path = new JsonObject();
        Set<Parameter> shared = shared(operations);
        for (ApiOperation operation : operations) {
            path.put(operation.method(), operation(operation, shared, tag, schemas));
        }
        if (!shared.isEmpty()) {
            path.put("parameters", parameters(shared));
        }
        return path;
    }

    /** The parameters that all operations of a path have are said once. */
    static Set<Parameter> shared(List<ApiOperation> operations) {
        Set<Parameter> shared = new LinkedHashSet<>(operations.getFirst().parameters());
        operations.forEach(operation -> shared.retainAll(operation.parameters()));
        return shared;
    }

    private static JsonObject operation(
            ApiOperation operation, Set<Parameter> shared, String tag, OpenApiSchemas schemas) {
        JsonObject described =
                new JsonObject().put("tags", JsonArray.of(new JsonString(tag))).put("operationId", operation.id());
        List<Parameter> own = new ArrayList<>(operation.parameters());
        own.removeAll(shared);
        if (!own.isEmpty()) {
            described.put("parameters", parameters(own));
        }
        requestBody(operation.body(), schemas).ifPresent(body -> described.put("requestBody", body));
        JsonObject responses = new JsonObject();
        JsonObject answer =
                operation.answer().map(schemas::reference).orElseGet(() -> new JsonObject().put("type", "string"));
        for (int code : operation.codes()) {
            responses.put(
                    Integer.toString(code),
                    new JsonObject()
                            .put("description", reason(code))
                            .put("content", content(operation.produces(), answer)));
        }
        responses.put("401", new JsonObject().put("description", "Unauthorized"));
        described.put("responses", responses);
        if (!operation.action().isEmpty()) {
            described.put("x-kubernetes-action", operation.action());
        }
        operation.kind().ifPresent(kind -> described.put("x-kubernetes-group-version-kind", OpenApiSchemas.kind(kind)));
        return described;
    }

    /** What HTTP calls {@code code}. */
    static String reason(int code) {
        return REASONS.getOrDefault(code, "");
    }

    private static Optional<JsonObject> requestBody(Body body, OpenApiSchemas schemas) {
        return switch (body) {
            case Body.None() -> Optional.empty();
            case Body.Of(StructType type, boolean required) -> {
                JsonObject described =
                        new JsonObject().put("content", content(ApiOperation.ANY, schemas.reference(type)));
                yield Optional.of(required ? described.put("required", true) : described);
            }
            case Body.Patch() ->
                Optional.of(new JsonObject()
                        .put("content", content(PATCHES, schemas.patch()))
                        .put("required", true));
        };
    }

    private static JsonObject content(List<String> types, JsonObject schema) {
        JsonObject content = new JsonObject();
        for (String type : types) {
            content.put(type, new JsonObject().put("schema", schema.deepCopy()));
        }
        return content;
    }

    private static JsonArray parameters(Iterable<Parameter> parameters) {
        List<Parameter> sorted = new ArrayList<>();
        parameters.forEach(sorted::add);
        sorted.sort(Comparator.comparing(Parameter::name).thenComparing(each -> !each.inPath()));
        JsonArray array = new JsonArray();
        for (Parameter parameter : sorted) {
            JsonObject schema = new JsonObject().put("type", parameter.type()).put("uniqueItems", true);
            JsonObject each =
                    new JsonObject().put("name", parameter.name()).put("in", parameter.inPath() ? "path" : "query");
            if (parameter.inPath()) {
                each.put("required", true);
            }
            array.add(each.put("schema", schema));
        }
        return array;
    }
}
