// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.ObjectAccess;
import java.util.List;
import java.util.random.RandomGenerator;

/** The plugins that the original has on unless told otherwise, as far as they are built, in its order. */
public final class BuiltInPlugins {
    private BuiltInPlugins() {}

    /**
     * Makes them.
     *
     * @param access how they see other objects
     * @param random where the ends of generated volume names come from
     */
    public static List<AdmissionPlugin> create(ObjectAccess access, RandomGenerator random) {
        return List.of(
                new NamespaceLifecycle(access),
                new ResourceLimits(access),
                new ServiceAccountTokens(access, random),
                new NewNodeTaint(),
                new PodSecurityStandards(access),
                new PodPriority(access),
                new DefaultTolerations(),
                new StorageDefaults(access),
                new ClaimExpansion(access),
                new DeviceAdminAccess(access),
                new PodRuntimeClass(access),
                new ResourceQuotas(access));
    }
}
