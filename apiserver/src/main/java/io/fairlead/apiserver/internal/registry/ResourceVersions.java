// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

/** Resource versions as clients write them: unsigned integers. */
final class ResourceVersions {
    private ResourceVersions() {}

    /** @throws NumberFormatException if {@code text} is none */
    static long parse(String text) {
        if (text.isEmpty() || text.charAt(0) == '-' || text.charAt(0) == '+') {
            throw new NumberFormatException(text);
        }
        // Beyond what fits into 63 bits there is no revision either.
        return text.length() == 19 || text.length() == 20 ? clamped(text) : Long.parseLong(text);
    }

    private static long clamped(String text) {
        long value = Long.parseUnsignedLong(text);
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** Go's words for a text that is none. */
    static String goMessage(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return "strconv.ParseUint: parsing \"" + text + "\": " + (digits ? "value out of range" : "invalid syntax");
    }
}
