@NullMarked
package io.fairlead.scheduler;

import org.jspecify.annotations.NullMarked;
