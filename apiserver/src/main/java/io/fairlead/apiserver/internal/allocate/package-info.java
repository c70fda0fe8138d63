/**
 * Hands out what the services of a cluster share: addresses and node ports. Nothing is handed out twice.
 *
 * <p>Who has what is in the stored services alone; what is remembered here can be forgotten and is then read again.
 */
@NullMarked
package io.fairlead.apiserver.internal.allocate;

import org.jspecify.annotations.NullMarked;
