// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import io.fairlead.apiserver.internal.codec.JsonObject;

/** How plugins that keep counts see other objects, and write them. */
public interface ObjectAccess extends ObjectLookup {
    /**
     * Stores {@code object} past all rules, in place of what is there, provided that its {@code resourceVersion} is still the
     * stored one.
     *
     * @return whether it was stored
     */
    boolean replace(String qualifiedResource, JsonObject object);
}
