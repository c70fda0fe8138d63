// SPDX-License-Identifier: Apache-2.0
/** Tests of the plugins. */
@NullMarked
package io.fairlead.apiserver.internal.admission.builtin;

import org.jspecify.annotations.NullMarked;
