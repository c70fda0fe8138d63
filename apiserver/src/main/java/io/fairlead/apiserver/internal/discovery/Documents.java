// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MediaRange;
import io.fairlead.apiserver.internal.codec.YamlWriter;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes answers out of documents. Pure. */
final class Documents {
    private static final String PRIVATE = "no-cache, private";

    private Documents() {}

    /** A document and the tag by which a client says that it has it. */
    record Tagged(byte[] content, String tag) {
        static Tagged of(JsonObject document) {
            return of(JsonWriter.bytes(document));
        }

        static Tagged of(byte[] content) {
            return new Tagged(content, "\"" + hash(content) + "\"");
        }
    }

    /** SHA-512 in upper case, as the original tags its documents. */
    static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(content);
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    static ApiResponse json(JsonObject document) {
        return whole("application/json", JsonWriter.bytes(document));
    }

    static ApiResponse text(String text) {
        return whole("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The document in the form that is wanted, if discovery has it. */
    static Optional<ApiResponse> inForm(MediaRange wanted, JsonObject document) {
        if (wanted.matches("application/json")) {
            return Optional.of(json(document));
        }
        if (wanted.matches("application/yaml")) {
            return Optional.of(whole("application/yaml", YamlWriter.bytes(document)));
        }
        if (wanted.matches("application/vnd.kubernetes.protobuf")) {
            GroupVersionKind kind = new GroupVersionKind("", "v1", document.text("kind"));
            byte[] content = Protobuf.encode(kind, document);
            return Optional.of(whole("application/vnd.kubernetes.protobuf", content));
        }
        return Optional.empty();
    }

    /** The document, or, if the client has it, that it has. */
    static ApiResponse tagged(Tagged document, String contentType, ApiRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Cache-Control", List.of("public"));
        headers.put("ETag", List.of(document.tag()));
        headers.put("Vary", List.of("Accept"));
        if (request.header("if-none-match").equals(document.tag())) {
            return new ApiResponse(304, headers, new ApiResponse.Body.Whole(List.of()));
        }
        headers.put("Content-Type", List.of(contentType));
        return new ApiResponse(200, headers, new ApiResponse.Body.Whole(List.of(document.content())));
    }

    static StatusException notAcceptable() {
        return new ApiStatus(
                        406,
                        "NotAcceptable",
                        "only the following media types are accepted: application/json, application/yaml,"
                                + " application/vnd.kubernetes.protobuf",
                        null)
                .exception();
    }

    /** 406 of the parts of the original that know one form only. */
    static StatusException notRepresented(String type) {
        return new ApiStatus(
                        406,
                        "NotAcceptable",
                        "406: Not Acceptable\n\nAvailable representations: " + type,
                        new JsonObject())
                .exception();
    }

    static ApiResponse whole(String contentType, byte[] content) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Cache-Control", List.of(PRIVATE));
        headers.put("Content-Type", List.of(contentType));
        return new ApiResponse(200, headers, new ApiResponse.Body.Whole(List.of(content)));
    }
}
