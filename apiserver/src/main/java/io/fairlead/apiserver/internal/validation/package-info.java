/**
 * What can be wrong with an object, and how the original says so.
 *
 * <p>Names of objects: {@link Names} has the forms, {@link NameRule} which of them a kind's names may have, and
 * {@code GenericStrategy.nameRule} says for each kind which rule that is.
 */
@NullMarked
package io.fairlead.apiserver.internal.validation;

import org.jspecify.annotations.NullMarked;
