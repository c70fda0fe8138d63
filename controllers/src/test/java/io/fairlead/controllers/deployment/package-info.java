// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.deployment;

import org.jspecify.annotations.NullMarked;
