/**
 * The original's recorded answers and traces, and the runner that compares them with what a server answers now.
 *
 * <p>A script is a list of steps; a step is a request, or the start or the reading of a watch. Playing a script gives for
 * each step an answer in which everything that differs from run to run is masked; that answer either equals the recorded one
 * or it does not. Steps known to differ stand in one committed file, which can only shrink knowingly.
 */
@NullMarked
package io.fairlead.compatibility;

import org.jspecify.annotations.NullMarked;
