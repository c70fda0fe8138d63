/**
 * A Kubernetes API server that starts inside a JVM.
 *
 * <pre>
 * ApiRequest -&gt; who? may they? -&gt; decode, default -&gt; merge, admit -&gt; validate -&gt; store -&gt; ApiResponse
 *                                                                          |
 *                                                                          +-&gt; one encoded event, shared by all watchers
 * </pre>
 *
 * <p>Everything that a client can ask goes through {@code ApiServer.handle}, one call on the caller's thread; the TLS listener and
 * the in-process client are two ways to get there, and nothing behind it knows which was taken.
 */
@NullMarked
package io.fairlead.apiserver;

import org.jspecify.annotations.NullMarked;
