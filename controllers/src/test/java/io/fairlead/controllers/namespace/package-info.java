// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.namespace;

import org.jspecify.annotations.NullMarked;
