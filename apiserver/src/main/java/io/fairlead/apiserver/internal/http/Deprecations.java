// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.http.Operation.Target;
import java.util.Map;
import java.util.Optional;

/** What clients are told about resources that they had better not use any more. */
final class Deprecations {
    private static final Map<String, String> SENTENCES = Map.of(
            "endpoints",
            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
            "componentstatuses",
            "v1 ComponentStatus is deprecated in v1.19+");

    private Deprecations() {}

    static Optional<String> of(Operation operation) {
        return switch (operation) {
            case Operation.Get(Target target) -> of(target);
            case Operation.List(Target target) -> of(target);
            case Operation.Watch(Target target) -> of(target);
            case Operation.Create(Target target) -> of(target);
            case Operation.Update(Target target) -> of(target);
            case Operation.Patch(Target target) -> of(target);
            case Operation.Delete(Target target) -> of(target);
            case Operation.DeleteCollection(Target target) -> of(target);
            case Operation.Other ignored -> Optional.empty();
            case Operation.Unreadable ignored -> Optional.empty();
        };
    }

    private static Optional<String> of(Target target) {
        return Optional.ofNullable(SENTENCES.get(target.resource().definition().qualifiedName()));
    }
}
