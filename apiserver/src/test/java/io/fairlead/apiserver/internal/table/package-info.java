@NullMarked
package io.fairlead.apiserver.internal.table;

import org.jspecify.annotations.NullMarked;
