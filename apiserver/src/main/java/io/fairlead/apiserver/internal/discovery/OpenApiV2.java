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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one document of OpenAPI version 2, with everything in it. Unlike the original's it says parameters where they are used,
 * not in a list of their own; that list's names are hashes which nobody relies on. Pure.
 */
final class OpenApiV2 {
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");
    private static final String INFO = "io.k8s.apimachinery.pkg.version.Info";

    private final OpenApiSchemas schemas;

    private OpenApiV2(Descriptions descriptions) {
        this.schemas = new OpenApiSchemas(false, descriptions, "", "");
    }

    /** The document. */
    static JsonObject document(Catalog catalog, Descriptions descriptions) {
        OpenApiV2 writer = new OpenApiV2(descriptions);
        ApiSections sections = new ApiSections(catalog);
        JsonObject paths = new JsonObject();
        for (String name : sections.names()) {
            ApiSections.Section section = sections.section(name);
            section.paths().forEach((path, operations) -> paths.put(path, writer.path(operations, section.tag())));
        }
        paths.sortNames();
        JsonObject definitions = writer.schemas.definitions().put(INFO, Version.openApi(false));
        JsonObject token = new JsonObject()
                .put("type", "apiKey")
                .put("description", "Bearer Token authentication")
                .put("name", "authorization")
                .put("in", "header");
        return new JsonObject()
                .put("swagger", "2.0")
                .put("info", new JsonObject().put("title", "Kubernetes").put("version", "1.36"))
                .put("paths", paths)
                .put("definitions", definitions)
                .put("securityDefinitions", new JsonObject().put("BearerToken", token))
                .put("security", JsonArray.of(new JsonObject().put("BearerToken", new JsonArray())));
    }

    private JsonObject path(List<ApiOperation> operations, String tag) {
        JsonObject path = new JsonObject();
        Set<Parameter> shared = OpenApiV3.shared(operations);
        for (ApiOperation operation : operations) {
            path.put(operation.method(), operation(operation, shared, tag));
        }
        if (!shared.isEmpty()) {
            path.put("parameters", parameters(new ArrayList<>(shared)));
        }
        return path;
    }

    private JsonObject operation(ApiOperation operation, Set<Parameter> shared, String tag) {
        JsonObject described = new JsonObject();
        List<String> consumes = consumes(operation);
        if (!consumes.isEmpty()) {
            described.put("consumes", JsonArray.ofStrings(consumes));
        }
        described
                .put("produces", JsonArray.ofStrings(operation.produces()))
                .put("schemes", JsonArray.of(new JsonString("https")))
                .put("tags", JsonArray.of(new JsonString(tag)))
                .put("operationId", operation.id());
        List<Parameter> own = new ArrayList<>(operation.parameters());
        own.removeAll(shared);
        JsonArray parameters = parameters(own);
        body(operation.body()).ifPresent(body -> parameters.add(0, body));
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        JsonObject responses = new JsonObject();
        for (int code : operation.codes()) {
            responses.put(
                    Integer.toString(code),
                    new JsonObject().put("description", OpenApiV3.reason(code)).put("schema", answer(operation)));
        }
        responses.put("401", new JsonObject().put("description", "Unauthorized"));
        described.put("responses", responses);
        if (!operation.action().isEmpty()) {
            described.put("x-kubernetes-action", operation.action());
        }
        operation.kind().ifPresent(kind -> described.put("x-kubernetes-group-version-kind", OpenApiSchemas.kind(kind)));
        return described;
    }

    private JsonObject answer(ApiOperation operation) {
        if (operation.id().equals(ApiSections.VERSION)) {
            return new JsonObject().put("$ref", "#/definitions/" + INFO);
        }
        Optional<JsonObject> reference = operation.answer().map(schemas::reference);
        return reference.orElseGet(() -> new JsonObject().put("type", "string"));
    }

    private static List<String> consumes(ApiOperation operation) {
        if (operation.id().equals(ApiSections.VERSION)) {
            return operation.produces();
        }
        if (operation.action().isEmpty()) {
            return operation.answer().isPresent() ? ApiOperation.OBJECT : List.of();
        }
        return operation.body() instanceof Body.Patch ? PATCHES : ApiOperation.ANY;
    }

    private Optional<JsonObject> body(Body body) {
        return switch (body) {
            case Body.None() -> Optional.empty();
            case Body.Of(StructType type, boolean required) -> {
                JsonObject described =
                        new JsonObject().put("name", "body").put("in", "body").put("schema", schemas.reference(type));
                yield Optional.of(required ? described.put("required", true) : described);
            }
            case Body.Patch() ->
                Optional.of(new JsonObject()
                        .put("name", "body")
                        .put("in", "body")
                        .put("schema", schemas.patch())
                        .put("required", true));
        };
    }

    private static JsonArray parameters(List<Parameter> parameters) {
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(each -> !each.inPath()));
        JsonArray array = new JsonArray();
        for (Parameter parameter : parameters) {
            JsonObject each = new JsonObject()
                    .put("name", parameter.name())
                    .put("in", parameter.inPath() ? "path" : "query")
                    .put("type", parameter.type())
                    .put("uniqueItems", true);
            array.add(parameter.inPath() ? each.put("required", true) : each);
        }
        return array;
    }
}
