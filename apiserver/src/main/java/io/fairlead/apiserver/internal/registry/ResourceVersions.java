// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

/** Resource versions as clients write them: unsigned integers. */
final class ResourceVersions {
    private ResourceVersions() {}

    /**
     * The version that {@code text} says, as an unsigned number.
     *
     * @throws NumberFormatException if it is none
     */
    static long parse(String text) {
        if (text.isEmpty() || text.charAt(0) == '-' || text.charAt(0) == '+') {
            throw new NumberFormatException(text);
        }
        return Long.parseUnsignedLong(text);
    }

    /** Whether {@code version}, unsigned, is later than {@code current}. */
    static boolean isFuture(long version, long current) {
        return Long.compareUnsigned(version, current) > 0;
    }

    /** Go's words for a text that is none. */
    static String goMessage(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return "strconv.ParseUint: parsing \"" + text + "\": " + (digits ? "value out of range" : "invalid syntax");
    }
}
