// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How plugins see other objects, as they are now. Resources are named as in messages: {@code pods}, {@code roles.rbac.authorization.k8s.io}. */
public interface ObjectLookup {
    /** The object as a tree of the caller's own; the namespace is empty for what is in none. Parses it. */
    Optional<JsonObject> find(String qualifiedResource, String namespace, String name);

    /** The selectable fields of the object, such as {@code status.phase}, which are at hand without parsing; empty if there is none. */
    Optional<Map<String, String>> fields(String qualifiedResource, String namespace, String name);

    /** The labels of the object, which are at hand without parsing; empty if there is none. */
    Optional<Map<String, String>> labels(String qualifiedResource, String namespace, String name);

    /** All objects, of all namespaces if {@code namespace} is empty. Parses them. */
    List<JsonObject> list(String qualifiedResource, String namespace);
}
