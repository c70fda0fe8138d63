/** What the server says when it does not answer an object: {@code Status}, with upstream's codes, reasons and texts. */
@NullMarked
package io.fairlead.apiserver.internal.status;

import org.jspecify.annotations.NullMarked;
