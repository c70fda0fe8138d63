/**
 * How a patch changes an object: JSON patch, JSON merge patch and strategic merge patch.
 *
 * <p>Pure functions on trees. A patch that cannot be applied is answered with a {@link
 * io.fairlead.apiserver.internal.merge.PatchProblem}, which has the code, reason and text that the original answers.
 */
@NullMarked
package io.fairlead.apiserver.internal.merge;

import org.jspecify.annotations.NullMarked;
