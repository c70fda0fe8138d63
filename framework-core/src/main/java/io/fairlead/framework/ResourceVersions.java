// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

/** Compares versions, which since Kubernetes 1.35 are promised to be whole numbers that grow. */
final class ResourceVersions {
    /** Stands for a version that is missing or no number. */
    static final long UNKNOWN = -1;

    private ResourceVersions() {}

    static long parse(String version) {
        int length = version.length();
        // 18 digits always fit; etcd's revisions will not get there.
        if (length == 0 || length > 18) {
            return UNKNOWN;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = version.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
