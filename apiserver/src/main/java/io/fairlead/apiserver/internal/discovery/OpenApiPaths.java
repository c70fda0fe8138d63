// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MediaRange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers {@code /openapi/v2}, {@code /openapi/v3} and the documents below it, of one catalog.
 *
 * <p>A document is made when it is first asked for and kept as bytes. Its hash must be known before, because the index names
 * the hashes of all documents: so it is the hash of what the document is made from, not of the document.
 */
final class OpenApiPaths {
    private static final String ROOT = "/openapi/v3";
    private static final String V2 = "/openapi/v2";

    /** Documents with their hash in the address never change; a client may keep them for as long as it likes. */
    private static final String NEVER = "Thu, 31 Dec 2099 23:59:59 GMT";

    private final Catalog catalog;
    private final OpenApiV3 documents;
    private final Descriptions descriptions;
    private final Map<String, String> hashes = new TreeMap<>();
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();

    OpenApiPaths(Catalog catalog, Descriptions descriptions, String sourceHash) {
        this.catalog = catalog;
        this.descriptions = descriptions;
        this.documents = new OpenApiV3(catalog, descriptions);
        for (String name : documents.names()) {
            hashes.put(name, Documents.hash((sourceHash + name + resources(name)).getBytes(StandardCharsets.UTF_8)));
        }
    }

    Catalog catalog() {
        return catalog;
    }

    /** The answer, or nothing if the path is none of OpenAPI's. */
    Optional<ApiResponse> answer(ApiRequest request) {
        String path = request.path();
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            return Optional.of(Documents.whole("text/plain; charset=utf-8", JsonWriter.bytes(index())));
        }
        if (path.equals(V2)) {
            return Optional.of(v2(request));
        }
        if (!path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String name = path.substring(ROOT.length() + 1);
        String hash = hashes.get(name);
        return Optional.of(hash == null ? empty(404) : document(name, hash, request));
    }

    /** {@code /openapi/v2}: one large document, which only its tag names. */
    private ApiResponse v2(ApiRequest request) {
        String tag = "\"" + Documents.hash(String.join("", hashes.values()).getBytes(StandardCharsets.UTF_8)) + "\"";
        ApiResponse response;
        Form form = request.header("accept").equals("*/*") ? Form.JSON : form(request.header("accept"), "v2");
        if (form == Form.NONE) {
            response = empty(406);
        } else if (request.header("if-none-match").equals(tag)) {
            response = empty(304);
            response.headers().put("ETag", List.of(tag));
        } else {
            response = whole(form, "v2", V2, () -> OpenApiV2.document(catalog, descriptions));
            response.headers().put("ETag", List.of(tag));
        }
        response.headers().put("Vary", List.of("Accept-Encoding", "Accept"));
        return response;
    }

    /** What a document depends on beside the schema. */
    private String resources(String name) {
        String[] parts = name.split("/", -1);
        return switch (parts.length) {
            case 2 -> parts[0].equals("api") ? catalog.resources("", parts[1]).toString() : "";
            case 3 -> catalog.resources(parts[1], parts[2]).toString();
            default -> "";
        };
    }

    private JsonObject index() {
        JsonObject paths = new JsonObject();
        for (String name : documents.names()) {
            paths.put(name, new JsonObject().put("serverRelativeURL", address(name)));
        }
        return new JsonObject().put("paths", paths);
    }

    private String address(String name) {
        return ROOT + "/" + name + "?hash=" + hashes.get(name);
    }

    private ApiResponse document(String name, String hash, ApiRequest request) {
        String wanted = hashOf(request.query());
        if (!wanted.isEmpty() && !wanted.equals(hash)) {
            ApiResponse moved = empty(301);
            moved.headers().put("Location", List.of(address(name)));
            moved.headers().put("Vary", List.of("Accept"));
            moved.headers().put("Content-Type", List.of("application/json"));
            return moved;
        }
        Form form = form(request.header("accept"), "v3");
        if (form == Form.NONE) {
            ApiResponse refused = empty(406);
            refused.headers().put("Vary", List.of("Accept"));
            return refused;
        }
        String tag = "\"" + hash + "\"";
        if (request.header("if-none-match").equals(tag)) {
            return tagged(empty(304), tag, wanted);
        }
        return tagged(whole(form, "v3", name, () -> documents.document(name)), tag, wanted);
    }

    /** The document called {@code name}, made when it is first asked for in {@code form}. */
    private ApiResponse whole(Form form, String version, String name, Supplier<JsonObject> document) {
        boolean protobuf = form == Form.PROTOBUF;
        byte[] content = made.computeIfAbsent(
                protobuf ? name + " as protobuf" : name,
                each -> protobuf
                        ? MessageTable.of("openapi-" + version + "-messages.txt")
                                .encode("Document", document.get())
                        : JsonWriter.bytes(document.get()));
        return Documents.whole(protobuf ? protobufType(version, '.') : "application/json", content);
    }

    private static ApiResponse tagged(ApiResponse response, String tag, String wanted) {
        response.headers().put("ETag", List.of(tag));
        response.headers().put("Vary", List.of("Accept"));
        if (!wanted.isEmpty()) {
            response.headers().put("Cache-Control", List.of("public, immutable"));
            response.headers().put("Expires", List.of(NEVER));
        }
        return response;
    }

    /** How documents are written. */
    private enum Form {
        JSON,
        PROTOBUF,
        NONE
    }

    /** As in the original, {@code *}{@code /*} alone is not enough. */
    private static Form form(String accept, String version) {
        if (accept.isBlank()) {
            return Form.JSON;
        }
        for (MediaRange wanted : MediaRange.parse(accept)) {
            String type = wanted.type();
            if (type.equals("application/json")) {
                return Form.JSON;
            }
            if (type.equals(protobufType(version, '@')) || type.equals(protobufType(version, '.'))) {
                return Form.PROTOBUF;
            }
        }
        return Form.NONE;
    }

    /** Clients ask for it with an at sign, which is not allowed there, so they are answered without. */
    private static String protobufType(String version, char before) {
        return "application/com.github.proto-openapi.spec." + version + before + "v1.0+protobuf";
    }

    private static String hashOf(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("hash=")) {
                return parameter.substring("hash=".length());
            }
        }
        return "";
    }

    private static ApiResponse empty(int status) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Cache-Control", List.of("no-cache, private"));
        return new ApiResponse(status, headers, new ApiResponse.Body.Whole(List.of()));
    }
}
