@NullMarked
package io.fairlead.apiserver.internal.apply;

import org.jspecify.annotations.NullMarked;
