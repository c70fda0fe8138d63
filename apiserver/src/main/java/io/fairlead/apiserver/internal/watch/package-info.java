/**
 * Shows committed changes to those who watch.
 *
 * <pre>
 * Store --change--&gt; EventHub --&gt; EventRing of the resource --(pulled)--&gt; Watcher --&gt; Chunks
 * </pre>
 *
 * <p>A change becomes one {@link io.fairlead.apiserver.internal.watch.Event}, whose encoded frames are made by the first
 * watcher that needs them and shared by the rest. A watcher is a position in a ring and nothing else: no queue, no thread. One
 * that the ring has overtaken is told 410 and ends; nobody waits for it.
 */
@NullMarked
package io.fairlead.apiserver.internal.watch;

import org.jspecify.annotations.NullMarked;
