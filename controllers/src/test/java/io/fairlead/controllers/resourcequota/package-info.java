@NullMarked
package io.fairlead.controllers.resourcequota;

import org.jspecify.annotations.NullMarked;
