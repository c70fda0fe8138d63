@NullMarked
package io.fairlead.framework;

import org.jspecify.annotations.NullMarked;
