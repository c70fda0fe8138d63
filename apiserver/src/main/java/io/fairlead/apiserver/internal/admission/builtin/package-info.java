/** The plugins that the original has on unless told otherwise. */
@NullMarked
package io.fairlead.apiserver.internal.admission.builtin;

import org.jspecify.annotations.NullMarked;
