// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Body;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.YamlWriter;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.storage.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts answers into the form that was asked for. Pure. */
final class Responses {
    private static final byte[] OPEN = bytes("{");
    private static final byte[] COMMA_OPEN = bytes(",{");
    private static final byte[] NEWLINE = bytes("\n");
    private static final byte[] LIST_END = bytes("]}\n");

    private Responses() {}

    /** {@code answer} as {@code form} has it. */
    static ApiResponse of(Answer answer, Form form) {
        return switch (answer) {
            case Answer.One one -> one(one, form);
            case Answer.Tree tree -> whole(tree.code(), form.media(), encoded(tree.object(), form.media()));
            case Answer.Many many ->
                whole(200, form.media(), form.isPlainJson() ? list(many) : encoded(listTree(many), form.media()));
        };
    }

    private static ApiResponse one(Answer.One one, Form form) {
        if (one.resource().servedAsStored() && form.isPlainJson()) {
            return whole(
                    one.code(),
                    form.media(),
                    List.of(one.object().head(), one.object().body(), NEWLINE));
        }
        return whole(one.code(), form.media(), encoded(one.resource().tree(one.object()), form.media()));
    }

    private static List<byte[]> list(Answer.Many many) {
        List<byte[]> segments = new ArrayList<>(2 * many.items().size() + 2);
        segments.add(listHead(many));
        boolean asStored = many.resource().servedAsStored();
        for (int i = 0; i < many.items().size(); i++) {
            if (asStored) {
                segments.add(i == 0 ? OPEN : COMMA_OPEN);
                segments.add(many.items().get(i).body());
            } else {
                JsonObject tree = many.resource().tree(many.items().get(i));
                tree.remove("apiVersion");
                tree.remove("kind");
                segments.add(i == 0 ? new byte[0] : bytes(","));
                segments.add(JsonWriter.bytes(tree));
            }
        }
        segments.add(LIST_END);
        return segments;
    }

    private static JsonObject listTree(Answer.Many many) {
        JsonArray items = new JsonArray();
        for (Stored each : many.items()) {
            JsonObject tree = many.resource().tree(each);
            tree.remove("apiVersion");
            tree.remove("kind");
            items.add(tree);
        }
        return new JsonObject()
                .put("kind", many.resource().kind().kind() + "List")
                .put("apiVersion", many.resource().kind().apiVersion())
                .put("metadata", listMetadata(many))
                .put("items", items);
    }

    private static byte[] listHead(Answer.Many many) {
        JsonObject head = new JsonObject()
                .put("kind", many.resource().kind().kind() + "List")
                .put("apiVersion", many.resource().kind().apiVersion())
                .put("metadata", listMetadata(many));
        String json = JsonWriter.text(head);
        return bytes(json.substring(0, json.length() - 1) + ",\"items\":[");
    }

    static JsonObject listMetadata(Answer.Many many) {
        JsonObject metadata = new JsonObject().put("resourceVersion", Long.toString(many.revision()));
        if (!many.continueToken().isEmpty()) {
            metadata.put("continue", many.continueToken());
        }
        many.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        return metadata;
    }

    static ApiResponse stream(Chunks chunks, Form form) {
        Map<String, List<String>> headers = headers(form.media().type());
        return new ApiResponse(200, headers, new Body.Stream(chunks));
    }

    static ApiResponse status(ApiStatus status, Form.Media media) {
        ApiResponse response = whole(status.code(), media, encoded(status.toJson(), media));
        if (status.retryAfterSeconds() > 0) {
            response.headers().put("Retry-After", List.of(Long.toString(status.retryAfterSeconds())));
        }
        return response;
    }

    static ApiResponse text(int code, String text) {
        return new ApiResponse(code, headers("text/plain; charset=utf-8"), new Body.Whole(List.of(bytes(text))));
    }

    private static List<byte[]> encoded(JsonObject tree, Form.Media media) {
        return switch (media) {
            case JSON -> List.of(JsonWriter.bytes(tree), NEWLINE);
            case YAML -> List.of(YamlWriter.bytes(tree));
            case PROTOBUF -> throw Negotiation.notAcceptable();
        };
    }

    private static ApiResponse whole(int code, Form.Media media, List<byte[]> segments) {
        return new ApiResponse(code, headers(media.type()), new Body.Whole(segments));
    }

    private static Map<String, List<String>> headers(String contentType) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Content-Type", List.of(contentType));
        headers.put("Cache-Control", List.of("no-cache, private"));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
