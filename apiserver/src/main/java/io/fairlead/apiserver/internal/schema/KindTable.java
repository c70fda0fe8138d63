// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which kinds the original has registered and the types of their objects: a line per group version and package. */
final class KindTable {
    /** Of each group version, its lines; they are few and are searched when somebody asks. */
    private final Map<String, String> linesByGroupVersion = new HashMap<>();

    KindTable(byte[] content) {
        for (String line :
                new String(content, StandardCharsets.ISO_8859_1).lines().toList()) {
            int blank = line.indexOf(' ');
            linesByGroupVersion.merge(
                    line.substring(0, blank), line.substring(blank + 1) + " ", (a, b) -> a + "\n" + b);
        }
    }

    /** The name of the type of objects of {@code kind}, or null if the kind is not registered. */
    @Nullable
    String typeName(GroupVersionKind kind) {
        String lines = linesByGroupVersion.get(kind.apiVersion());
        if (lines == null || kind.kind().isEmpty()) {
            return null;
        }
        for (String line : lines.lines().toList()) {
            String packageName = line.substring(0, line.indexOf(' '));
            if (line.contains(" " + kind.kind() + " ")) {
                return packageName + "." + kind.kind();
            }
            int renamed = line.indexOf(" " + kind.kind() + "=");
            if (renamed >= 0) {
                int from = renamed + kind.kind().length() + 2;
                return packageName + "." + line.substring(from, line.indexOf(' ', from));
            }
        }
        return null;
    }

    /** The kinds whose objects are of the type {@code typeName}, by group and version. */
    List<GroupVersionKind> kindsOf(String typeName) {
        List<GroupVersionKind> kinds = new ArrayList<>();
        int dot = typeName.lastIndexOf('.');
        String packageName = typeName.substring(0, dot);
        String name = typeName.substring(dot + 1);
        linesByGroupVersion.forEach((groupVersion, lines) -> {
            for (String line : lines.lines().toList()) {
                if (line.startsWith(packageName + " ") && line.contains(" " + name + " ")) {
                    kinds.add(GroupVersionKind.of(groupVersion, name));
                }
            }
        });
        kinds.sort(Comparator.comparing(GroupVersionKind::group).thenComparing(GroupVersionKind::version));
        return kinds;
    }
}
