@NullMarked
package io.fairlead.kubelet;

import org.jspecify.annotations.NullMarked;
