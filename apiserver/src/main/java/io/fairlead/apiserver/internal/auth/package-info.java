/**
 * Who is it, and may they.
 *
 * <pre>
 * ApiRequest -&gt; Authenticator -&gt; UserInfo -&gt; Authorizer(UserInfo, Attributes) -&gt; Decision
 * </pre>
 *
 * <p>{@link io.fairlead.apiserver.internal.auth.AccessControl} is the door: it is asked before anything else looks at a request, so
 * that who may not see something does not learn whether it exists. {@link io.fairlead.apiserver.internal.auth.Authorizer} is the
 * seam where role-based access control will stand.
 *
 * <h2>Threads</h2>
 *
 * <p>Everything here is safe for use by any thread.
 */
@NullMarked
package io.fairlead.apiserver.internal.auth;

import org.jspecify.annotations.NullMarked;
