// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.codec.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One write: what is written where, by whom, and how.
 *
 * @param namespace empty for what is in none
 * @param name empty while it is not known yet
 * @param subresource empty for the object itself
 */
public record WriteContext(
        RequestContext request,
        Resource resource,
        String namespace,
        String name,
        String subresource,
        WriteOptions options) {
    /** The same for an object whose name is known by now. */
    WriteContext named(String known) {
        return new WriteContext(request, resource, namespace, known, subresource, options);
    }

    /** The same, as a write of the object itself. */
    WriteContext ofObject() {
        return new WriteContext(request, resource, namespace, name, "", options);
    }

    boolean dryRun() {
        return options.dryRun();
    }

    Strategy strategy() {
        return resource.strategy();
    }

    Strategy.Context strategyContext() {
        return new Strategy.Context(resource.definition(), namespace, request.now(), request.caller());
    }

    AdmissionRequest admission(
            AdmissionRequest.Operation operation, @Nullable JsonObject object, @Nullable JsonObject old) {
        return new AdmissionRequest(
                operation,
                resource.definition(),
                subresource,
                namespace,
                name,
                object,
                old,
                dryRun(),
                request.caller().name(),
                request.caller().groups(),
                request.now(),
                request::warn);
    }
}
