/**
 * Turns streams of changes into calls of a {@link io.fairlead.framework.Reconciler}, one key at a time.
 *
 * <h2>What flows through here</h2>
 *
 * <pre>
 * watch -&gt; Informer -&gt; Mapper -&gt; WorkQueue -&gt; Reconciler -&gt; ResourceClient or KubernetesClient
 *             |                                 |
 *             +-------- Lister, Index ----------+      (reads never leave the process)
 * </pre>
 *
 * <p>A {@link io.fairlead.framework.Source} says what to watch and what to keep of it: its {@link
 * io.fairlead.framework.Projection} decodes each event once, straight from its bytes. A {@link
 * io.fairlead.framework.ControllerSpec} says which sources wake which keys. A {@link io.fairlead.framework.ControllerHost} runs
 * them.
 *
 * <h2>Promises</h2>
 *
 * <ul>
 *   <li>A key is never reconciled by two workers at once.
 *   <li>A key marked while it is being reconciled is reconciled again afterwards.
 *   <li>A reconciler starts only after every informer of its host has seen its initial state.
 *   <li>A key is reconciled again only after the listers have caught up with what it wrote the last time through its {@link
 *       io.fairlead.framework.Context} (bounded by a time after which it goes ahead and a counter says so).
 *   <li>Sources that are equal share one stream and one cache.
 * </ul>
 *
 * <h2>Not promised</h2>
 *
 * <p>Changes are not delivered: ten changes of one object may cause one reconcile. A reconciler learns that something changed,
 * never what changed.
 *
 * <h2>Threads</h2>
 *
 * <p>Each worker is a task of the {@link io.fairlead.environment.Environment} and may block. Listers are safe from any thread
 * and hand out immutable values. Handlers and mappers run on the task of their informer and must be short and not block.
 */
@NullMarked
package io.fairlead.framework;

import org.jspecify.annotations.NullMarked;
