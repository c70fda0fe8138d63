/** What can be wrong with an object, and how the original says so. */
@NullMarked
package io.fairlead.apiserver.internal.validation;

import org.jspecify.annotations.NullMarked;
