// SPDX-License-Identifier: Apache-2.0
/**
 * Rolls pods from one template to the next by scaling ReplicaSets up and down.
 *
 * <p>One look makes at most one step: the first of these that is due ends it, and the event of what was written begins the next.
 *
 * <ol>
 *   <li>say that the Deployment was paused or resumed;
 *   <li>number the ReplicaSet that has the wanted template;
 *   <li>after a change of replicas: give each ReplicaSet its share;
 *   <li>make the ReplicaSet for a new template;
 *   <li>scale the new ReplicaSet up, or else the old ones down;
 *   <li>when all is done, delete what is left of old revisions.
 * </ol>
 *
 * <h2>Promises</h2>
 *
 * <ul>
 *   <li>The ReplicaSets together never ask for more than replicas plus maxSurge, unless they did before.
 *   <li>Nothing is taken away as long as fewer than replicas minus maxUnavailable would then be available by what the cache shows,
 *       but for pods that are not available anyway.
 *   <li>The status is written at most once in a look: a second one would be computed from a version that is old by then.
 * </ul>
 */
@NullMarked
package io.fairlead.controllers.deployment;

import org.jspecify.annotations.NullMarked;
