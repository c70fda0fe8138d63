// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Formats in the schema of a custom resource that mean nothing to the server: it says so, and goes on. */
final class SchemaFormats {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "integer",
            Set.of("int32", "int64"),
            "number",
            Set.of("float", "double"),
            "string",
            Set.of(
                    "bsonobjectid",
                    "uri",
                    "email",
                    "hostname",
                    "ipv4",
                    "ipv6",
                    "cidr",
                    "mac",
                    "uuid",
                    "uuid3",
                    "uuid4",
                    "uuid5",
                    "isbn",
                    "isbn10",
                    "isbn13",
                    "creditcard",
                    "ssn",
                    "hexcolor",
                    "rgbcolor",
                    "byte",
                    "password",
                    "date",
                    "duration",
                    "datetime",
                    "k8sshortname",
                    "k8slongname"));

    private SchemaFormats() {}

    /** A sentence for each unknown format in the versions of {@code definition}. */
    static List<String> warnings(JsonObject definition) {
        Set<String> unknown = new TreeSet<>();
        for (JsonObject version : definition.objectOrEmpty("spec").objects("versions")) {
            collect(version.objectOrEmpty("schema").objectOrEmpty("openAPIV3Schema"), unknown);
        }
        return unknown.stream()
                .map(format -> "unrecognized format " + GoText.quote(format))
                .toList();
    }

    private static void collect(JsonObject schema, Set<String> unknown) {
        String format = schema.text("format");
        Set<String> known = KNOWN.getOrDefault(schema.text("type"), Set.of());
        if (!format.isEmpty() && KNOWN.containsKey(schema.text("type")) && !known.contains(format.replace("-", ""))) {
            unknown.add(format);
        }
        schema.objectOrEmpty("properties").forEach((name, property) -> {
            if (property instanceof JsonObject object) {
                collect(object, unknown);
            }
        });
        for (String part : List.of("items", "additionalProperties")) {
            JsonObject object = schema.object(part);
            if (object != null) {
                collect(object, unknown);
            }
        }
    }
}
