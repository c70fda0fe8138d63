/** Holds every module to what is written in ARCHITECTURE.md and CONTRIBUTING.md, over the built classes. */
@NullMarked
package io.fairlead.architecture;

import org.jspecify.annotations.NullMarked;
