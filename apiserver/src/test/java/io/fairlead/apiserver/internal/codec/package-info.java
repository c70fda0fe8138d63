// SPDX-License-Identifier: Apache-2.0
/** Tests of reading and writing trees. */
@NullMarked
package io.fairlead.apiserver.internal.codec;

import org.jspecify.annotations.NullMarked;
