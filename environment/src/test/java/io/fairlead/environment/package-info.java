@NullMarked
package io.fairlead.environment;

import org.jspecify.annotations.NullMarked;
