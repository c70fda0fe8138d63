// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

/** The text is no YAML, or none that stands for JSON. The message says why, as Go's library does: {@code yaml: line 1: …}. */
public final class MalformedYamlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedYamlException(String message) {
        super(message);
    }
}
