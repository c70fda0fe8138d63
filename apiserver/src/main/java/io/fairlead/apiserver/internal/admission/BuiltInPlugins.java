// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

import java.util.List;
import java.util.random.RandomGenerator;

/** The plugins that the original has on unless told otherwise, as far as they are built, in its order. */
public final class BuiltInPlugins {
    private BuiltInPlugins() {}

    /**
     * Makes them.
     *
     * @param lookup how they see other objects
     * @param random where the ends of generated volume names come from
     */
    public static List<AdmissionPlugin> create(ObjectLookup lookup, RandomGenerator random) {
        return List.of(
                new NamespaceLifecycle(lookup),
                new ServiceAccountTokens(lookup, random),
                new NewNodeTaint(),
                new PodPriority(lookup),
                new DefaultTolerations(),
                new StorageDefaults(lookup),
                new PodRuntimeClass(lookup));
    }
}
