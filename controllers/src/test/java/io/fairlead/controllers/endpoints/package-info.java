// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
