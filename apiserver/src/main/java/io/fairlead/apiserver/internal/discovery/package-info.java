// SPDX-License-Identifier: Apache-2.0
/**
 * What a server says of itself: which groups, versions and resources it serves, what their objects look like (OpenAPI), which
 * version it is and whether it is well.
 *
 * <p>All of it is computed from the resources that are served, not stored: who adds a resource adds it to the catalog and
 * every document has it.
 */
@NullMarked
package io.fairlead.apiserver.internal.discovery;

import org.jspecify.annotations.NullMarked;
