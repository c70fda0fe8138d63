/**
 * Who owns which field of an object: managed fields, and server-side apply, which decides by them.
 *
 * <p>An object's {@code metadata.managedFields} say for each manager which fields it set last. A write that is no apply takes
 * the fields that it changes from all others ({@link io.fairlead.apiserver.internal.apply.ManagedFields}). An apply brings
 * all fields that its manager wants to own; it takes none that others own with another value unless forced, and removes those
 * that the manager no longer brings and nobody else owns ({@link io.fairlead.apiserver.internal.apply.ServerSideApply}).
 *
 * <p>Pure functions on trees; what a field is (a member, an item with a key, an atomic whole) tells a {@link
 * io.fairlead.apiserver.internal.apply.FieldType}, which built-in kinds have from the schema and custom resources from their
 * definition.
 */
@NullMarked
package io.fairlead.apiserver.internal.apply;

import org.jspecify.annotations.NullMarked;
