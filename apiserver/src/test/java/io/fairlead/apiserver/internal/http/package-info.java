// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.fairlead.apiserver.internal.http;

import org.jspecify.annotations.NullMarked;
