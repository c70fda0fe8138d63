// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is about to happen.
 *
 * @param subresource empty for the object itself
 * @param name empty for a create whose name is not generated yet, and for a deletion of many
 * @param object to be written, which mutating plugins may change; null for a deletion
 * @param old as it is stored; null for a creation
 * @param warnings takes sentences for the client
 */
public record AdmissionRequest(
        Operation operation,
        ResourceDefinition resource,
        String subresource,
        String namespace,
        String name,
        @Nullable JsonObject object,
        @Nullable JsonObject old,
        boolean dryRun,
        String userName,
        List<String> userGroups,
        Instant now,
        Consumer<String> warnings) {
    /** What is done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    public AdmissionRequest {
        requireNonNull(operation, "operation");
        requireNonNull(resource, "resource");
        userGroups = List.copyOf(userGroups);
        requireNonNull(warnings, "warnings");
    }

    /** Whether this is about an object of the resource that is called {@code pods} or {@code deployments.apps}, itself. */
    public boolean isFor(String qualifiedName) {
        return subresource.isEmpty() && resource.qualifiedName().equals(qualifiedName);
    }
}
