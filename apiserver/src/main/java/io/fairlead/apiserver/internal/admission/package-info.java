/** The last word on a write: plugins that complete an object or refuse it, in a fixed order. */
@NullMarked
package io.fairlead.apiserver.internal.admission;

import org.jspecify.annotations.NullMarked;
