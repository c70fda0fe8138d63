/**
 * One control plane in one JVM.
 *
 * <pre>
 *   your code --------+
 *   controllers       |
 *   scheduler         +--&gt; KubernetesClient --&gt; LocalTransport --&gt; ApiServer.handle --&gt; store
 *   simulated nodes   |                                                ^
 *   ------------------+                                                |
 *   kubectl, client-go, ... --- TLS ------------------&gt; TlsEndpoint ---+
 * </pre>
 *
 * <p>This is the only place where the two sides meet: the API server, which knows no client, and what is written against {@code
 * framework-core}, which knows no server. Both doors lead to the same method, so that everything behaves the same through either.
 *
 * <h2>Threads</h2>
 *
 * <p>A call through {@link io.fairlead.cluster.LocalTransport} is answered on the caller's thread; pieces of a watch are delivered
 * on threads of the environment, one at a time for each watch.
 */
@NullMarked
package io.fairlead.cluster;

import org.jspecify.annotations.NullMarked;
