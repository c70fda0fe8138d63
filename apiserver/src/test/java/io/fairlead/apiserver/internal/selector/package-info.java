@NullMarked
package io.fairlead.apiserver.internal.selector;

import org.jspecify.annotations.NullMarked;
