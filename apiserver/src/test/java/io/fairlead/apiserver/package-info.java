@NullMarked
package io.fairlead.apiserver;

import org.jspecify.annotations.NullMarked;
