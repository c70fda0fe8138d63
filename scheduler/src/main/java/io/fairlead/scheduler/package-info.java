/**
 * Which node a pod runs on.
 *
 * <p>A {@link io.fairlead.scheduler.Scheduler} is chosen when a cluster is put together: {@code builtin} is the one in this
 * package, {@code external} leaves the work to a program outside, such as the original scheduler.
 *
 * <h2>The built-in one</h2>
 *
 * <pre>
 * informers -&gt; Inbox -&gt; ClusterState (NodeTable) and SchedulingQueue -&gt; Placement -&gt; Decision -&gt; Binder -&gt; pods/binding
 * </pre>
 *
 * <p>One task owns the state, the queue and the placement, so that none of them needs a lock: pods are placed one at a time, and a
 * pod counts on its node from the moment it is placed there, before the binding has been sent. What is decided is decided by pure
 * code over the state; {@code SchedulerLoop} and {@code Binder} are the only classes that talk to the server.
 */
@NullMarked
package io.fairlead.scheduler;

import org.jspecify.annotations.NullMarked;
