/**
 * Where time, chance, ids and threads come from.
 *
 * <p>Everything in Fairlead that waits, draws a random number, names something or runs beside something else asks an
 * {@link io.fairlead.environment.Environment} for it, and nothing else: an architecture test holds every module to that.
 * A program creates one environment where it puts itself together and hands it down through constructors. Because nothing
 * else can make a run differ from the last one, an environment that is driven by a seed replays a whole cluster.
 *
 * <h2>Threads</h2>
 *
 * <p>An environment is safe for use by any thread. Blocking is allowed only through {@link
 * io.fairlead.environment.Signal} and {@link io.fairlead.environment.Environment#sleep}; short critical sections may use
 * a {@link java.util.concurrent.locks.ReentrantLock} as long as nothing blocks inside.
 */
@NullMarked
package io.fairlead.environment;

import org.jspecify.annotations.NullMarked;
