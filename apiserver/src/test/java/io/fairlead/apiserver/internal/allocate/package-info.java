// SPDX-License-Identifier: Apache-2.0
/** Tests of allocation. */
@NullMarked
package io.fairlead.apiserver.internal.allocate;

import org.jspecify.annotations.NullMarked;
