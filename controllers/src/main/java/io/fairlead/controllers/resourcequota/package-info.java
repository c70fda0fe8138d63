/**
 * Counts what the objects of a namespace use of what its quotas limit (ResourceQuota).
 *
 * <p>The API server raises the count when it lets an object in; here it is set for the first time, and lowered again.
 */
@NullMarked
package io.fairlead.controllers.resourcequota;

import org.jspecify.annotations.NullMarked;
