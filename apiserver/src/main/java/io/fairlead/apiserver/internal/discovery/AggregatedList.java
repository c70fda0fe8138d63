// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.Protobuf;

/** All that is served, in one document: as JSON, and, if somebody asks for that, as protobuf. Any thread may call it. */
record AggregatedList(JsonObject document, Documents.Tagged json) {
    private static final GroupVersionKind KIND =
            new GroupVersionKind("apidiscovery.k8s.io", "v2", "APIGroupDiscoveryList");

    static AggregatedList of(JsonObject document) {
        return new AggregatedList(document, Documents.Tagged.of(document));
    }

    /** Made anew each time: hardly anybody wants it. */
    Documents.Tagged protobuf() {
        byte[] message = MessageTable.of("aggregated-messages.txt").encode(KIND.kind(), document);
        return Documents.Tagged.of(Protobuf.enveloped(KIND, message));
    }
}
