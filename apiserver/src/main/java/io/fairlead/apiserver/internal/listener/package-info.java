/**
 * From sockets to requests and back: TLS, HTTP/1.1, HTTP/2 and WebSocket on Vert.x.
 *
 * <pre>
 * connection -&gt; Peer -&gt; Exchange (body collected, bounded) -&gt; virtual thread: handler(ApiRequest)
 *                                                                  |
 *   whole answer: written at once   &lt;-------- ApiResponse ---------+
 *   stream: StreamSender pulls a chunk whenever the connection can take one
 * </pre>
 *
 * <h2>Threads</h2>
 *
 * <p>A connection belongs to one event loop, and everything of its exchanges happens there, except the handler, which runs on a
 * thread of the environment and may block. Nothing blocks an event loop.
 */
@NullMarked
package io.fairlead.apiserver.internal.listener;

import org.jspecify.annotations.NullMarked;
