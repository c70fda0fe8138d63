// SPDX-License-Identifier: Apache-2.0
/** Tests of the schema table. */
@NullMarked
package io.fairlead.apiserver.internal.schema;

import org.jspecify.annotations.NullMarked;
