/**
 * From a request to an answer: what is wanted, by whom, in which form, and how to say it.
 *
 * <pre>
 * ApiRequest -&gt; Operation -&gt; registry -&gt; Answer -&gt; the form that the client accepts -&gt; ApiResponse
 * </pre>
 *
 * <p>This is the only place that knows of status codes on the way out and of query parameters on the way in.
 */
@NullMarked
package io.fairlead.apiserver.internal.http;

import org.jspecify.annotations.NullMarked;
