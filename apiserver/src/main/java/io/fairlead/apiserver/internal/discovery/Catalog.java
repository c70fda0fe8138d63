// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.schema.ApiGroup;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.schema.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What is served at one moment. Immutable: a change of what is served is another catalog.
 *
 * @param groups in the order in which discovery lists them, the core group first
 * @param resources each served version of each resource
 */
public record Catalog(List<ApiGroup> groups, List<ResourceDefinition> resources) {
    public Catalog {
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
    }

    /** The built-in kinds. */
    public static Catalog builtIn() {
        return new Catalog(Schema.builtIn().groups(), Schema.builtIn().resources());
    }

    Optional<ApiGroup> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    /** The resources of one version, in the order of the catalog. */
    List<ResourceDefinition> resources(String group, String version) {
        return resources.stream()
                .filter(each -> each.group().equals(group) && each.version().equals(version))
                .toList();
    }
}
