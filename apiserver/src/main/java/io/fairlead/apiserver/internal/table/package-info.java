/**
 * Tables: what {@code kubectl get} shows of the built-in kinds.
 *
 * <p>Columns are data, taken from what the original publishes; a cell is computed from an object in the version in which its
 * kind is stored. Pure, but for the age, which depends on the time that is given.
 */
@NullMarked
package io.fairlead.apiserver.internal.table;

import org.jspecify.annotations.NullMarked;
