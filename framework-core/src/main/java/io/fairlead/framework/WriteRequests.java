// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.HttpRequest;

/** Turns writes into requests. */
final class WriteRequests {
    private static final String JSON = "application/json";

    private WriteRequests() {}

    static HttpRequest request(ApiConnection connection, ResourceType type, Write write, String defaultManager) {
        StringBuilder path = new StringBuilder(type.path(write.namespace()));
        if (!write.name().isEmpty()) {
            path.append('/').append(write.name());
        }
        if (!write.subresource().isEmpty()) {
            path.append('/').append(write.subresource());
        }
        boolean deletes = write.verb() == Write.Verb.DELETE;
        char separator = '?';
        if (!deletes) {
            String manager = write.fieldManager().isEmpty() ? defaultManager : write.fieldManager();
            path.append("?fieldManager=").append(ApiConnection.encode(manager));
            separator = '&';
        }
        if (write.dryRun() && !deletes) {
            path.append(separator).append("dryRun=All");
        }
        if (write.verb() == Write.Verb.APPLY_FORCED) {
            path.append("&force=true");
        }
        byte[] body = deletes ? deleteOptions(write) : write.body();
        return send(connection, path.toString(), method(write.verb()), contentType(write.verb()), body);
    }

    static HttpRequest deleteAll(
            ApiConnection connection, ResourceType type, Selection selection, Write.Propagation propagation) {
        StringBuilder query = new StringBuilder();
        InformerRequests.selection(query, selection);
        String path = type.path(selection.namespace()) + (query.isEmpty() ? "" : "?" + query.substring(1));
        ObjectNode options = emptyDeleteOptions();
        propagation(options, propagation);
        return send(connection, path, "DELETE", JSON, bytes(options));
    }

    private static HttpRequest send(
            ApiConnection connection, String path, String method, String contentType, byte[] body) {
        // The only way to give the builder bytes is a POST, whose method is then replaced; a null string leaves the
        // bytes.
        HttpRequest.Builder builder =
                connection.request(path).header("Accept", JSON).post(contentType, body);
        if (!method.equals("POST")) {
            builder = replaceMethod(builder, method, contentType);
        }
        return builder.build();
    }

    @SuppressWarnings("NullAway") // the builder takes null for "no string body"; it is not annotated
    private static HttpRequest.Builder replaceMethod(HttpRequest.Builder builder, String method, String contentType) {
        return builder.method(method, contentType, (String) null);
    }

    private static String method(Write.Verb verb) {
        return switch (verb) {
            case CREATE -> "POST";
            case UPDATE -> "PUT";
            case PATCH_JSON, PATCH_MERGE, PATCH_STRATEGIC, APPLY, APPLY_FORCED -> "PATCH";
            case DELETE -> "DELETE";
        };
    }

    private static String contentType(Write.Verb verb) {
        return switch (verb) {
            case CREATE, UPDATE, DELETE -> JSON;
            case PATCH_JSON -> "application/json-patch+json";
            case PATCH_MERGE -> "application/merge-patch+json";
            case PATCH_STRATEGIC -> "application/strategic-merge-patch+json";
            case APPLY, APPLY_FORCED -> "application/apply-patch+yaml";
        };
    }

    private static byte[] deleteOptions(Write write) {
        ObjectNode options = emptyDeleteOptions();
        if (write.graceSeconds() >= 0) {
            options.put("gracePeriodSeconds", write.graceSeconds());
        }
        if (!write.uid().isEmpty() || !write.resourceVersion().isEmpty()) {
            ObjectNode preconditions = options.putObject("preconditions");
            if (!write.uid().isEmpty()) {
                preconditions.put("uid", write.uid());
            }
            if (!write.resourceVersion().isEmpty()) {
                preconditions.put("resourceVersion", write.resourceVersion());
            }
        }
        propagation(options, write.propagation());
        if (write.dryRun()) {
            options.putArray("dryRun").add("All");
        }
        return bytes(options);
    }

    private static ObjectNode emptyDeleteOptions() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "DeleteOptions")
                .put("apiVersion", "v1");
    }

    private static void propagation(ObjectNode options, Write.Propagation propagation) {
        if (propagation != Write.Propagation.DEFAULT) {
            options.put("propagationPolicy", propagation.apiName());
        }
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JsonCursor.MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written as JSON", e);
        }
    }
}
