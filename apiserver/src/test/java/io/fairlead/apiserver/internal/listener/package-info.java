@NullMarked
package io.fairlead.apiserver.internal.listener;

import org.jspecify.annotations.NullMarked;
