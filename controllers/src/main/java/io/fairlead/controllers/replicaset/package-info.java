// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps as many pods as a ReplicaSet asks for; the same for ReplicationControllers.
 *
 * <p>One look: claim the pods that are active, create what is missing or delete what is too much, then say in the status what
 * was found before that. A pod that has ended, or that is being deleted, is replaced at once.
 *
 * <h2>Promises</h2>
 *
 * <ul>
 *   <li>At most {@link io.fairlead.controllers.replicaset.ReplicaSetPlanner#BURST_MAX} pods are made or deleted in one look.
 *   <li>Pods are made in batches that double, and after a batch with a failure no other is begun.
 *   <li>No look is taken before the cache shows what the last one wrote, so nothing is made twice.
 * </ul>
 */
@NullMarked
package io.fairlead.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
