// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * A value as it is since one revision, with that revision spliced into its JSON. Immutable and shared by all readers.
 *
 * <p>The splicing is done once, by the store at the commit.
 */
public final class Stored {
    private static final byte[] BEFORE = Ascii.bytes("\"resourceVersion\":\"");
    private static final int SPLICE_AT = Value.METADATA.length;

    private final String key;
    private final long revision;
    private final byte[] head;
    private final byte[] body;
    private final Facts facts;

    private Stored(String key, long revision, byte[] head, byte[] body, Facts facts) {
        this.key = requireNonNull(key, "key");
        this.revision = revision;
        this.head = head;
        this.body = body;
        this.facts = facts;
    }

    /** {@code value} as committed under {@code key} at {@code revision}. */
    public static Stored of(String key, long revision, Value value) {
        return new Stored(key, revision, value.head(), splice(value.body(), SPLICE_AT, revision), value.facts());
    }

    public String key() {
        return key;
    }

    /** The revision at which this was written. */
    public long revision() {
        return revision;
    }

    /** The beginning of the object, up to its metadata: {@code apiVersion} and {@code kind}. Shared: nobody may change it. */
    public byte[] head() {
        return head;
    }

    /** The object from its metadata to the closing brace, {@code resourceVersion} included. Shared: nobody may change it. */
    public byte[] body() {
        return body;
    }

    /** The whole object in pieces that are not copied. */
    public List<byte[]> segments() {
        return List.of(head, body);
    }

    /** The whole object; a copy. */
    public byte[] json() {
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    public Facts facts() {
        return facts;
    }

    /** Whether {@code value} says the same as this, the revision aside. */
    public boolean sameAs(Value value) {
        byte[] other = value.body();
        int end = spliceEnd();
        int inserted = end - SPLICE_AT;
        return other.length == body.length - inserted
                && Arrays.equals(other, SPLICE_AT, other.length, body, end, body.length);
    }

    /** The same object with another revision in it, as the event of a deletion shows it. */
    public Stored atRevision(long other) {
        return other == revision ? this : new Stored(key, other, head, splice(body, spliceEnd(), other), facts);
    }

    /** Behind the spliced member and its comma. */
    private int spliceEnd() {
        int at = SPLICE_AT + BEFORE.length;
        while (body[at] != '"') {
            at++;
        }
        at++;
        return body[at] == ',' ? at + 1 : at;
    }

    private static byte[] splice(byte[] body, int rest, long revision) {
        byte[] digits = Ascii.bytes(Long.toString(revision));
        boolean comma = body[rest] != '}';
        byte[] whole = new byte[SPLICE_AT + BEFORE.length + digits.length + (comma ? 2 : 1) + body.length - rest];
        System.arraycopy(body, 0, whole, 0, SPLICE_AT);
        int at = SPLICE_AT;
        System.arraycopy(BEFORE, 0, whole, at, BEFORE.length);
        at += BEFORE.length;
        System.arraycopy(digits, 0, whole, at, digits.length);
        at += digits.length;
        whole[at++] = '"';
        if (comma) {
            whole[at++] = ',';
        }
        System.arraycopy(body, rest, whole, at, body.length - rest);
        return whole;
    }

    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
