/**
 * Measures wholes: how long a start and a rollout take, what they cost in CPU and memory, and what a watcher costs per event.
 *
 * <p>Claims about speed come from here: cold and warm, time and CPU seconds, our server and, if {@code KUBEBUILDER_ASSETS} names
 * a folder with it, the original, in one run with the same workload and the same client. Nothing here is asserted by a test.
 */
@NullMarked
package io.fairlead.benchmarks;

import org.jspecify.annotations.NullMarked;
