@NullMarked
package io.fairlead.apiserver.internal.merge;

import org.jspecify.annotations.NullMarked;
