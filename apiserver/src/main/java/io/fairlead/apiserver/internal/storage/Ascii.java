// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import java.nio.charset.StandardCharsets;

/** Bytes of texts that have no other letters: revisions and the names of fields. */
final class Ascii {
    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
