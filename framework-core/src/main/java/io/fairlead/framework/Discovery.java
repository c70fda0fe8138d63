// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.util.List;
import java.util.Optional;

/**
 * Which kinds of objects the API server serves, at one moment.
 *
 * @param resources of all groups and versions, without subresources
 * @param failures what could not be asked, in words; a group version behind another server may not answer
 */
@Api(Api.Status.EXPERIMENTAL)
public record Discovery(List<Served> resources, List<String> failures) {
    public Discovery {
        resources = List.copyOf(resources);
        failures = List.copyOf(failures);
    }

    /**
     * A kind that is served.
     *
     * @param verbs such as {@code list} and {@code deletecollection}
     * @param preferred whether this version is the one of its group to use
     */
    public record Served(ResourceType type, List<String> verbs, boolean preferred) {
        public Served {
            requireNonNull(type, "type");
            verbs = List.copyOf(verbs);
        }

        /** Whether all of {@code wanted} can be done. */
        public boolean can(String... wanted) {
            return verbs.containsAll(List.of(wanted));
        }
    }

    /** The type of objects that say they are of this version and kind; empty if there is none. */
    public Optional<ResourceType> typeOf(String apiVersion, String kind) {
        return resources.stream()
                .map(Served::type)
                .filter(type -> type.kind().equals(kind) && type.apiVersion().equals(apiVersion))
                .findFirst();
    }
}
