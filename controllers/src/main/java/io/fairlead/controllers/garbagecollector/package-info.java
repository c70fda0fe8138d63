// SPDX-License-Identifier: Apache-2.0
/**
 * Deletes what nobody owns any more.
 *
 * <p>{@link io.fairlead.controllers.garbagecollector.OwnerGraph} knows who says to be owned by whom, from the metadata of
 * everything that can be deleted. What it suspects is looked at again at the server before anything is done: a graph made of
 * some sixty streams shows no one moment.
 *
 * <h2>Promises</h2>
 *
 * <ul>
 *   <li>Nothing is deleted whose owner may exist: an owner counts as gone only when the server said so, for its uid.
 *   <li>An owner of a kind that the server does not know counts as unknown, not as gone.
 *   <li>Deletions are of the object with the uid that was looked at, not of a later one of its name.
 * </ul>
 */
@NullMarked
package io.fairlead.controllers.garbagecollector;

import org.jspecify.annotations.NullMarked;
