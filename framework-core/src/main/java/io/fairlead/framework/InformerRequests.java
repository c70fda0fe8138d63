// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.http.HttpRequest;

/** The requests of an informer, and of others who list. */
final class InformerRequests {
    /** The size of page that client-go asks for: large enough to be few, small enough not to strain the server. */
    static final int PAGE_LIMIT = 500;

    private static final String JSON = "application/json";
    private static final String PARTIAL_OBJECT = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String PARTIAL_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private InformerRequests() {}

    /** A watch from {@code version}, or, if that is empty, one that begins with all objects. */
    static HttpRequest watch(ApiConnection connection, Source<?> source, String version, long timeoutSeconds) {
        StringBuilder query =
                new StringBuilder("?watch=true&allowWatchBookmarks=true&timeoutSeconds=").append(timeoutSeconds);
        if (version.isEmpty()) {
            query.append("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        } else {
            query.append("&resourceVersion=").append(ApiConnection.encode(version));
        }
        selection(query, source.selection());
        return connection
                .request(source.type().path(source.selection().namespace()) + query)
                .header("Accept", source.projection().metadataOnly() ? PARTIAL_OBJECT + "," + JSON : JSON)
                .forStreaming()
                .build();
    }

    /** A page of a list: the first one if {@code next} is empty. */
    static HttpRequest page(ApiConnection connection, Source<?> source, String next, boolean whole) {
        StringBuilder query = new StringBuilder(whole ? "?" : "?limit=" + PAGE_LIMIT);
        if (!next.isEmpty()) {
            query.append("&continue=").append(ApiConnection.encode(next));
        }
        selection(query, source.selection());
        return connection
                .request(source.type().path(source.selection().namespace()) + query)
                .header("Accept", source.projection().metadataOnly() ? PARTIAL_LIST + "," + JSON : JSON)
                .build();
    }

    static void selection(StringBuilder query, Selection selection) {
        if (!selection.labels().selectsEverything()) {
            query.append("&labelSelector=")
                    .append(ApiConnection.encode(selection.labels().toQuery()));
        }
        if (!selection.fields().isEmpty()) {
            query.append("&fieldSelector=").append(ApiConnection.encode(selection.fields()));
        }
    }
}
