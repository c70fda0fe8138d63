// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.nodelifecycle;

import org.jspecify.annotations.NullMarked;
