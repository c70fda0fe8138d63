/** Small programs to start from; each is also a test. */
@NullMarked
package io.fairlead.samples;

import org.jspecify.annotations.NullMarked;
