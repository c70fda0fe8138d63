// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes of all modules, read once, and how they are divided. */
final class FairleadClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fairlead");

    private static final Set<String> CLIENT_SIDE = Set.of("environment", "framework");
    private static final Set<String> CLUSTER =
            Set.of("environment", "framework", "apiserver", "controllers", "scheduler", "kubelet");

    /** Module (the package below {@code io.fairlead}) and the modules it may know; ARCHITECTURE.md has the picture. */
    static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("environment", Set.of()),
            Map.entry("apiserver", Set.of("environment")),
            Map.entry("framework", Set.of("environment")),
            Map.entry("controllers", CLIENT_SIDE),
            Map.entry("scheduler", CLIENT_SIDE),
            Map.entry("kubelet", CLIENT_SIDE),
            Map.entry("cluster", CLUSTER),
            Map.entry("distribution", plus(CLUSTER, "cluster")),
            Map.entry("samples", plus(CLUSTER, "cluster")),
            Map.entry("benchmarks", plus(CLUSTER, "cluster")),
            Map.entry("compatibility", plus(CLUSTER, "cluster")));

    private FairleadClasses() {}

    /** The module a class is in, such as {@code apiserver}; empty for classes that are not ours. */
    static String moduleOf(JavaClass type) {
        List<String> parts = List.of(type.getPackageName().split("\\.", -1));
        return parts.size() > 2 && parts.subList(0, 2).equals(List.of("io", "fairlead")) ? parts.get(2) : "";
    }

    private static Set<String> plus(Set<String> modules, String module) {
        java.util.HashSet<String> sum = new java.util.HashSet<>(modules);
        sum.add(module);
        return Set.copyOf(sum);
    }
}
