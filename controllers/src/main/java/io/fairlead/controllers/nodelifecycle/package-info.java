// SPDX-License-Identifier: Apache-2.0
/**
 * Says by taints and labels what nodes say by conditions, so that schedulers need to look at nothing else.
 *
 * <p>The API server taints a new node as not ready; the taint goes when nothing is wrong with the node, or comes back as another
 * one when something is. The older names of the labels for operating system and architecture are kept up.
 *
 * <h2>Not here yet</h2>
 *
 * <p>What a node that stopped reporting calls for: conditions that become Unknown, taints that evict, pods that are no longer
 * ready.
 */
@NullMarked
package io.fairlead.controllers.nodelifecycle;

import org.jspecify.annotations.NullMarked;
