// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import java.util.function.Consumer;

/** Reads the bodies of patches. */
final class Bodies {
    private Bodies() {}

    /**
     * Reads {@code body}.
     *
     * @throws MalformedJsonException with Go's words if it is no JSON
     */
    static JsonValue read(byte[] body, Consumer<String> duplicates) {
        return JsonReader.read(body, duplicates);
    }
}
