@NullMarked
package io.fairlead.cluster;

import org.jspecify.annotations.NullMarked;
