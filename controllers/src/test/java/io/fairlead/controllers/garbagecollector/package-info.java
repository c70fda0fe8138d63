// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.garbagecollector;

import org.jspecify.annotations.NullMarked;
