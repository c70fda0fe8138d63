// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.nio.charset.StandardCharsets;

/** What ConfigMaps and Secrets have in common: keys, sizes, and that they can be made immutable. */
final class KeyedData {
    /** Upstream's limit for all values of an object together. */
    static final int BYTES_MAX = 1024 * 1024;

    private static final String FIXED = "field is immutable when `immutable` is set";

    private KeyedData() {}

    /** Complains about keys of the map {@code field} of {@code object}. */
    static void validateKeys(JsonObject object, String field, FieldErrors errors) {
        JsonObject data = object.objectOrEmpty(field);
        for (int i = 0; i < data.size(); i++) {
            String key = data.nameAt(i);
            errors.invalid(FieldPath.of(field).key(key), key, Names.configKey(key));
        }
    }

    /** Bytes of all values in the map {@code field}; {@code base64} tells whether they are encoded. */
    static long bytes(JsonObject object, String field, boolean base64) {
        JsonObject data = object.objectOrEmpty(field);
        long size = 0;
        for (int i = 0; i < data.size(); i++) {
            if (data.valueAt(i) instanceof JsonString string) {
                size += base64 ? decodedLength(string.value()) : utf8Length(string.value());
            }
        }
        return size;
    }

    /** Complains about changes of {@code fields} if {@code old} is immutable. */
    static void validateImmutable(JsonObject next, JsonObject old, FieldErrors errors, String... fields) {
        if (!old.flag("immutable")) {
            return;
        }
        if (!next.flag("immutable")) {
            errors.forbidden(FieldPath.of("immutable"), FIXED);
        }
        for (String field : fields) {
            if (!next.objectOrEmpty(field).equals(old.objectOrEmpty(field))) {
                errors.forbidden(FieldPath.of(field), FIXED);
            }
        }
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long decodedLength(String base64) {
        int length = base64.length();
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return Math.max(0, length / 4 * 3L - padding);
    }
}
