// SPDX-License-Identifier: Apache-2.0
/**
 * Says for each Service where its pods are: in EndpointSlices, and, for those who have not moved on, in one Endpoints object.
 *
 * <p>Both are made from the same {@link io.fairlead.controllers.endpoints.Backend}s. Slices are changed with as few writes as
 * possible, because each is sent to every node: endpoints stay in the slice they are in, and slices are never rebalanced.
 */
@NullMarked
package io.fairlead.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
