@NullMarked
package io.fairlead.apiserver.internal.storage;

import org.jspecify.annotations.NullMarked;
