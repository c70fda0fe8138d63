@NullMarked
package io.fairlead.apiserver.internal.watch;

import org.jspecify.annotations.NullMarked;
