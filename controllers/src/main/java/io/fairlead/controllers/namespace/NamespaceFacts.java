// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import io.fairlead.controllers.internal.Condition;
import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.io.IOException;
import java.util.List;

/**
 * What the controller wants to know of a namespace.
 *
 * @param finalizers those of the spec, which hold back a namespace as others hold back other objects
 */
record NamespaceFacts(ObjectMetadata metadata, List<String> finalizers, List<Condition> conditions) {
    static final Source<NamespaceFacts> SOURCE = Source.of(
            ResourceType.NAMESPACES,
            Projection.facts("namespace facts", NamespaceFacts::read, NamespaceFacts::metadata));

    NamespaceFacts {
        finalizers = List.copyOf(finalizers);
        conditions = List.copyOf(conditions);
    }

    String name() {
        return metadata.name();
    }

    private static NamespaceFacts read(JsonCursor json) throws IOException {
        ObjectMetadata metadata = ObjectMetadata.of("", "", "");
        List<String> finalizers = List.of();
        List<Condition> conditions = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> metadata = ObjectMetadata.read(json);
                case "spec" -> {
                    json.beginObject();
                    while (json.nextField()) {
                        if (json.field().equals("finalizers")) {
                            finalizers = json.texts();
                        }
                    }
                }
                case "status" -> {
                    json.beginObject();
                    while (json.nextField()) {
                        if (json.field().equals("conditions")) {
                            conditions = Condition.readAll(json);
                        }
                    }
                }
                default -> json.skip();
            }
        }
        return new NamespaceFacts(metadata, finalizers, conditions);
    }
}
