// SPDX-License-Identifier: Apache-2.0
/** Gives every namespace what its pods need to talk to the API server: the account {@code default} and the root certificates. */
@NullMarked
package io.fairlead.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
