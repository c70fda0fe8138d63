@NullMarked
package io.fairlead.apiserver.internal.auth;

import org.jspecify.annotations.NullMarked;
