// SPDX-License-Identifier: Apache-2.0
/** Tests of the shared checks. */
@NullMarked
package io.fairlead.apiserver.internal.validation;

import org.jspecify.annotations.NullMarked;
