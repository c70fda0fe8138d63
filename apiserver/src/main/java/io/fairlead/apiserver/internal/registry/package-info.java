/**
 * Which resources exist and what is done with their objects: the generic create, get, list, watch, update, patch and
 * delete, and for each kind a {@link io.fairlead.apiserver.internal.registry.Strategy} with what is peculiar to it.
 */
@NullMarked
package io.fairlead.apiserver.internal.registry;

import org.jspecify.annotations.NullMarked;
