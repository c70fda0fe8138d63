// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static java.util.Objects.requireNonNull;

/**
 * What is written under a key: an object's JSON without {@code metadata.resourceVersion}, in two parts.
 *
 * <p>The revision is known only when a write commits, and with etcd not to the writer, so it is not part of what is written;
 * its place is at the beginning of the metadata, with which the second part begins. The first part is the same for all
 * objects of a kind, so it is shared; and lists leave it out. A backend that keeps bytes outside this process stores the one
 * behind the other and splits them again before the metadata.
 *
 * @param head from the opening brace to the comma behind {@code apiVersion} and {@code kind}
 * @param body from the name of the metadata to the end of the object. Neither is copied: nobody may change it any more.
 */
public record Value(byte[] head, byte[] body, Facts facts) {
    static final byte[] METADATA = Ascii.bytes("\"metadata\":{");

    public Value {
        requireNonNull(head, "head");
        requireNonNull(body, "body");
        requireNonNull(facts, "facts");
        for (int i = 0; i < METADATA.length; i++) {
            if (i >= body.length || body[i] != METADATA[i]) {
                throw new IllegalArgumentException("the stored part of an object must begin with its metadata");
            }
        }
    }

    /** The length of the whole. */
    public int sizeBytes() {
        return head.length + body.length;
    }
}
