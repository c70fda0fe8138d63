// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.deployment;

import io.fairlead.controllers.deployment.DeploymentFacts.Strategy.RollingUpdate;

/**
 * Between how many pods a rollout stays.
 *
 * @param surge how many more than wanted there may be
 * @param unavailable how many fewer than wanted may be available
 */
record Limits(int surge, int unavailable) {
    private static final Limits NONE = new Limits(0, 0);

    /**
     * The limits of a Deployment. Surge is rounded up and unavailability down; if both come to nothing, one may be unavailable,
     * or the rollout could not begin.
     */
    static Limits of(DeploymentFacts.Spec spec) {
        if (!(spec.strategy() instanceof RollingUpdate(var maxSurge, var maxUnavailable))) {
            return NONE;
        }
        int surge = maxSurge.ofRoundedUp(spec.replicas());
        int unavailable = maxUnavailable.ofRoundedDown(spec.replicas());
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new Limits(surge, Math.min(unavailable, spec.replicas()));
    }
}
