// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Body;
import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.YamlWriter;
import io.fairlead.apiserver.internal.http.Form.Media;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.schema.Protobuf;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Makes answers into responses. Pure. */
final class Responses {
    /** Shorter answers are not worth the time to compress them; as upstream. */
    private static final long GZIP_BYTES_MIN = 128 * 1024;

    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final byte[] OPEN = bytes("{");
    private static final byte[] COMMA_OPEN = bytes(",{");
    private static final byte[] NEWLINE = bytes("\n");
    private static final byte[] LIST_END = bytes("]}\n");

    private Responses() {}

    /** {@code answer} in the form of {@code shapes}. */
    static ApiResponse of(Answer answer, Shapes shapes) {
        Form form = shapes.form();
        return switch (answer) {
            case Answer.One one -> {
                if (form.isPlainJson() && one.resource().servedAsStored()) {
                    yield whole(
                            one.code(),
                            Media.JSON,
                            List.of(one.object().head(), one.object().body(), NEWLINE));
                }
                JsonObject tree = one.resource().tree(one.object());
                yield whole(one.code(), form.media(), encoded(shapes.one(one.resource(), tree), form.media()));
            }
            case Answer.Tree tree ->
                whole(tree.code(), form.media(), encoded(shapes.one(tree.resource(), tree.object()), form.media()));
            case Answer.Many many -> {
                if (form.isPlainJson() && many.resource().servedAsStored()) {
                    yield whole(200, Media.JSON, list(many));
                }
                List<JsonObject> trees =
                        many.items().stream().map(many.resource()::tree).toList();
                yield whole(200, form.media(), encoded(shapes.many(many, listMetadata(many), trees), form.media()));
            }
        };
    }

    /** A list of what is stored: the stored bytes with commas between them. */
    private static List<byte[]> list(Answer.Many many) {
        List<byte[]> segments = new ArrayList<>(2 * many.items().size() + 2);
        segments.add(listHead(many));
        for (int i = 0; i < many.items().size(); i++) {
            segments.add(i == 0 ? OPEN : COMMA_OPEN);
            segments.add(many.items().get(i).body());
        }
        segments.add(LIST_END);
        return segments;
    }

    private static byte[] listHead(Answer.Many many) {
        JsonObject head = new JsonObject()
                .put("kind", many.resource().kind().kind() + "List")
                .put("apiVersion", many.resource().kind().apiVersion())
                .put("metadata", listMetadata(many));
        String json = JsonWriter.text(head);
        return bytes(json.substring(0, json.length() - 1) + ",\"items\":[");
    }

    private static JsonObject listMetadata(Answer.Many many) {
        JsonObject metadata = new JsonObject().put("resourceVersion", Long.toString(many.revision()));
        if (!many.continueToken().isEmpty()) {
            metadata.put("continue", many.continueToken());
        }
        many.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        return metadata;
    }

    static ApiResponse stream(Chunks chunks, Form form) {
        String type = form.media() == Media.PROTOBUF
                ? form.media().type() + ";stream=watch"
                : form.media().type();
        return new ApiResponse(200, headers(type), new Body.Stream(chunks));
    }

    static ApiResponse status(ApiStatus status, Media media) {
        ApiResponse response = whole(status.code(), media, encoded(status.toJson(), media));
        if (status.retryAfterSeconds() > 0) {
            response.headers().put("Retry-After", List.of(Long.toString(status.retryAfterSeconds())));
        }
        return response;
    }

    /** No content at all, and so of no type. */
    static ApiResponse empty(int code) {
        ApiResponse response = text(code, "");
        response.headers().remove("Content-Type");
        return response;
    }

    static ApiResponse text(int code, String text) {
        return new ApiResponse(code, headers("text/plain; charset=utf-8"), new Body.Whole(List.of(bytes(text))));
    }

    /** The same answer compressed, if it is worth it. */
    static ApiResponse compressed(ApiResponse response) {
        if (!(response.body() instanceof Body.Whole whole)
                || whole.sizeBytes() <= GZIP_BYTES_MIN
                || response.headers().containsKey("Content-Encoding")) {
            return response;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (whole.sizeBytes() / 4));
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (byte[] segment : whole.segments()) {
                gzip.write(segment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory", e);
        }
        Map<String, List<String>> headers = new HashMap<>(response.headers());
        headers.put("Content-Encoding", List.of("gzip"));
        List<String> vary = new ArrayList<>(headers.getOrDefault("Vary", List.of()));
        if (!vary.contains(ACCEPT_ENCODING)) {
            vary.addFirst(ACCEPT_ENCODING);
        }
        headers.put("Vary", vary);
        return new ApiResponse(response.status(), headers, new Body.Whole(List.of(bytes.toByteArray())));
    }

    /** The same answer without its body, for those who ask for headers only. */
    static ApiResponse withoutBody(ApiResponse response) {
        if (response.body() instanceof Body.Stream stream) {
            stream.chunks().close();
        }
        return new ApiResponse(response.status(), response.headers(), new Body.Whole(List.of()));
    }

    private static List<byte[]> encoded(JsonObject tree, Media media) {
        return switch (media) {
            case JSON -> List.of(JsonWriter.bytes(tree), NEWLINE);
            case YAML -> List.of(YamlWriter.bytes(tree));
            case PROTOBUF -> List.of(Protobuf.encode(tree));
        };
    }

    private static ApiResponse whole(int code, Media media, List<byte[]> segments) {
        return new ApiResponse(code, headers(media.type()), new Body.Whole(segments));
    }

    /** Mutable: what is common to all answers is added later. */
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
