@NullMarked
package io.fairlead.compatibility;

import org.jspecify.annotations.NullMarked;
