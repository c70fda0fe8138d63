// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
