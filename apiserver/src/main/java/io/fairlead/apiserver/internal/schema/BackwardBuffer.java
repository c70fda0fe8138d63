// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are written from the last to the first. The length of a protobuf message stands before it, so that backwards it is
 * known when it is needed and nothing has to be measured or copied.
 */
final class BackwardBuffer {
    private byte[] bytes = new byte[1_024];
    private int start = bytes.length;

    /** How much has been written; the difference of two is the length of what came between. */
    int size() {
        return bytes.length - start;
    }

    void raw(byte[] content) {
        reserve(content.length);
        start -= content.length;
        System.arraycopy(content, 0, bytes, start, content.length);
    }

    /** Bytes with their length before them. */
    void lengthAndBytes(byte[] content) {
        raw(content);
        varint(content.length);
    }

    void lengthAndText(String text) {
        int length = text.length();
        reserve(length);
        int at = start;
        for (int i = length - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                lengthAndBytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[--at] = (byte) c;
        }
        start = at;
        varint(length);
    }

    void varint(long value) {
        reserve(10);
        int length = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        start -= length;
        long rest = value;
        for (int i = 0; i < length - 1; i++) {
            bytes[start + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[start + length - 1] = (byte) rest;
    }

    void fixed64(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[--start] = (byte) (value >>> shift);
        }
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private void reserve(int length) {
        if (length <= start) {
            return;
        }
        int size = size();
        byte[] larger = new byte[Math.max(bytes.length * 2, size + length)];
        System.arraycopy(bytes, start, larger, larger.length - size, size);
        start = larger.length - size;
        bytes = larger;
    }
}
