// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import java.util.List;

/** Sentences as {@code Warning} headers. Pure. */
final class Warnings {
    /** Code 299: a lasting warning; no agent is named. */
    private static final String PREFIX = "299 - \"";

    private Warnings() {}

    static List<String> headers(List<String> sentences) {
        return sentences.stream()
                .map(each -> PREFIX
                        + each.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"")
                .toList();
    }
}
