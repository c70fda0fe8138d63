// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.Schema;
import java.time.Instant;

/** Makes what the tests of this package need; quotes are single ones. */
final class Trees {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private Trees() {}

    static JsonValue json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(UTF_8));
    }

    static JsonObject object(String text) {
        return (JsonObject) json(text);
    }

    static FieldType type(String apiVersion, String kind) {
        return FieldTypes.of(
                Schema.builtIn().type(GroupVersionKind.of(apiVersion, kind)).orElseThrow());
    }

    static FieldSet set(String fields) {
        try {
            return FieldSet.parse(object(fields));
        } catch (MalformedFieldsException e) {
            throw new IllegalArgumentException(fields, e);
        }
    }

    static FieldWrite write(String apiVersion, String kind, String manager, Instant now) {
        return new FieldWrite(
                type(apiVersion, kind),
                GroupVersionKind.of(apiVersion, kind),
                "",
                FieldSet.EMPTY,
                manager,
                now,
                Versions.NONE);
    }

    /** The managed fields of {@code object}: manager, operation and fields, one per line. */
    static String owners(JsonObject object) {
        StringBuilder text = new StringBuilder();
        for (JsonObject entry : object.objectOrEmpty("metadata").objects("managedFields")) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(entry.text("manager"))
                    .append(' ')
                    .append(entry.text("operation"))
                    .append(' ')
                    .append(entry.objectOrEmpty("fieldsV1").toString().replace('"', '\''));
        }
        return text.toString();
    }
}
