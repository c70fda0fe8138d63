/** Label and field selectors as they stand in queries, parsed and answered as upstream does. */
@NullMarked
package io.fairlead.apiserver.internal.selector;

import org.jspecify.annotations.NullMarked;
