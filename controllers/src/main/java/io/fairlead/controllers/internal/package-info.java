// SPDX-License-Identifier: Apache-2.0
/**
 * What the controllers share: the facts they read of common kinds, and rules that several of them follow.
 *
 * <p>All of it is pure: values and functions on values.
 */
@NullMarked
package io.fairlead.controllers.internal;

import org.jspecify.annotations.NullMarked;
