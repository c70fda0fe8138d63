// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import java.util.Optional;

/** The forms in which a change can be sent. */
public enum PatchType {
    /** A list of operations, RFC 6902. */
    JSON("application/json-patch+json"),
    /** An object that is laid over the other, RFC 7396. */
    MERGE("application/merge-patch+json"),
    /** Like {@link #MERGE}, with lists merged by the keys that their types declare. */
    STRATEGIC("application/strategic-merge-patch+json"),
    /** The fields that its sender wants to own: server-side apply. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** As it stands in {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** The type that {@code contentType} names; parameters such as the character set do not count. */
    public static Optional<PatchType> of(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = semicolon > 0 ? contentType.substring(0, semicolon) : contentType;
        for (PatchType type : values()) {
            if (type.mediaType.equals(bare)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
