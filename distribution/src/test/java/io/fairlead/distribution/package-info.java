@NullMarked
package io.fairlead.distribution;

import org.jspecify.annotations.NullMarked;
