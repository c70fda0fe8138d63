// SPDX-License-Identifier: Apache-2.0
/** Tests of what the server says of itself. */
@NullMarked
package io.fairlead.apiserver.internal.discovery;

import org.jspecify.annotations.NullMarked;
