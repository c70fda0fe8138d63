/**
 * The {@code fairlead} program: reads the command line, starts a cluster, says how to use it, and ends it.
 *
 * <p>Whatever goes wrong is said in one sentence on standard error, with exit code 1; a wrong command line has exit code 2.
 */
@NullMarked
package io.fairlead.distribution;

import org.jspecify.annotations.NullMarked;
