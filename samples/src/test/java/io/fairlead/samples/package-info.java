@NullMarked
package io.fairlead.samples;

import org.jspecify.annotations.NullMarked;
