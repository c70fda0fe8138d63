/**
 * The say of plugins in a write, asked twice in a fixed order: before the object is prepared and validated they may complete it
 * or refuse the write, and afterwards, when it is as it would be stored, only refuse it.
 */
@NullMarked
package io.fairlead.apiserver.internal.admission;

import org.jspecify.annotations.NullMarked;
