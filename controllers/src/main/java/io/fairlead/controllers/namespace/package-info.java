// SPDX-License-Identifier: Apache-2.0
/**
 * Empties a namespace that is being deleted, and lets it go when it is empty.
 *
 * <p>Pods go first, and nothing else before the last of them is gone: what they use (their configuration, the policies that fence
 * them in) stays while they run. The namespace is let go only when everything the server serves was asked for and is gone; a group
 * that does not answer holds it back.
 */
@NullMarked
package io.fairlead.controllers.namespace;

import org.jspecify.annotations.NullMarked;
