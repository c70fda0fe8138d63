// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What classes of storage have in common: the driver that is asked, and the parameters that it gets. */
final class StorageParameters {
    private static final int COUNT_MAX = 512;
    private static final int BYTES_MAX = 256 * 1024;

    private StorageParameters() {}

    /** The name of a driver, checked in small letters. */
    static void validateDriver(String driver, FieldPath path, FieldErrors errors) {
        if (driver.isEmpty()) {
            errors.required(path, "");
        } else {
            String checked = driver.toLowerCase(Locale.ROOT);
            errors.invalid(path, checked, Names.qualified(checked));
        }
    }

    static void validate(JsonObject parameters, boolean mayBeEmpty, FieldPath path, FieldErrors errors) {
        if (parameters.size() > COUNT_MAX) {
            errors.tooLong(path, COUNT_MAX);
            return;
        }
        for (String name : parameters.names()) {
            if (name.isEmpty()) {
                errors.invalid(path, name, "field can not be empty.");
            }
        }
        if (bytes(parameters) > BYTES_MAX) {
            errors.tooLong(path, BYTES_MAX);
        }
        if (parameters.isEmpty() && !mayBeEmpty) {
            errors.required(path, "must contain at least one key/value pair");
        }
    }

    /** How long all names and values are together. */
    static long bytes(JsonObject map) {
        long size = 0;
        for (int i = 0; i < map.size(); i++) {
            size += map.nameAt(i).getBytes(StandardCharsets.UTF_8).length;
            size += map.valueAt(i) instanceof JsonString text
                    ? text.value().getBytes(StandardCharsets.UTF_8).length
                    : 0;
        }
        return size;
    }
}
