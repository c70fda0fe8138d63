// SPDX-License-Identifier: Apache-2.0
/** Tests of the rules of the kinds. */
@NullMarked
package io.fairlead.apiserver.internal.kinds;

import org.jspecify.annotations.NullMarked;
