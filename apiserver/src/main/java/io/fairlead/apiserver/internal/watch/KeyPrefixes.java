// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

/**
 * Which part of a key names the resource. Keys are those of the original, where most resources have one segment and a few two:
 * {@code /registry/pods/default/a}, {@code /registry/services/specs/default/a}, {@code /registry/example.com/widgets/default/a}.
 */
public final class KeyPrefixes {
    /** What all keys begin with. */
    public static final String ROOT = "/registry/";

    private KeyPrefixes() {}

    /** The prefix of the resource that {@code key} belongs to, with the slash at its end. */
    public static String of(String key) {
        int end = key.indexOf('/', ROOT.length());
        String first = key.substring(ROOT.length(), end);
        boolean twoSegments = first.indexOf('.') >= 0 || first.equals("services");
        return key.substring(0, (twoSegments ? key.indexOf('/', end + 1) : end) + 1);
    }
}
