// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sentences that describe types and fields. They are no part of the sources: the build takes them out of a published
 * client's sources. A server built without them works the same and explains nothing.
 */
final class Descriptions {
    private static final String RESOURCE = "/io/fairlead/apiserver/schema/descriptions.txt";

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Map<String, String>> fields = new HashMap<>();

    Descriptions(List<String> lines) {
        Map<String, String> current = new HashMap<>();
        for (String line : lines) {
            boolean ofField = line.startsWith(" ");
            String entry = ofField ? line.substring(1) : line;
            int blank = entry.indexOf(' ');
            String name = blank < 0 ? entry : entry.substring(0, blank);
            String text = blank < 0 ? "" : entry.substring(blank + 1);
            if (ofField) {
                current.put(name, text);
            } else {
                current = new HashMap<>();
                types.put(name, text);
                fields.put(name, current);
            }
        }
    }

    /** Those that the build has found. */
    static Descriptions ofBuild() {
        try (InputStream in = Descriptions.class.getResourceAsStream(RESOURCE)) {
            return new Descriptions(
                    in == null
                            ? List.of()
                            : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    /** Changes whenever anything in it does. */
    String fingerprint() {
        return Integer.toHexString(types.hashCode() * 31 + fields.hashCode());
    }

    /** What the type {@code name} is; empty if nobody says. */
    String ofType(String name) {
        return types.getOrDefault(name, "");
    }

    /** What the field {@code field} of the type {@code name} is; empty if nobody says. */
    String ofField(String name, String field) {
        return fields.getOrDefault(name, Map.of()).getOrDefault(field, "");
    }
}
