@NullMarked
package io.fairlead.apiserver.internal.registry;

import org.jspecify.annotations.NullMarked;
