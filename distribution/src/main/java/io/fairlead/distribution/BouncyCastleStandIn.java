// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import java.security.Provider;
import java.security.Security;

/**
 * Keeps Netty from loading BouncyCastle's whole provider before the first handshake.
 *
 * <p>Netty asks, once, whether BouncyCastle does its TLS. If no provider of that name is registered, it makes one, which costs half a
 * second of a start that takes one; if one is, it believes it. Here TLS is the JDK's, and BouncyCastle only writes certificates, for
 * which it needs no provider. So this process, and nobody who embeds the server, registers one that has nothing.
 */
final class BouncyCastleStandIn extends Provider {
    private static final long serialVersionUID = 1;

    private BouncyCastleStandIn() {
        super("BC", "0", "Says that BouncyCastle is not used for TLS");
    }

    /** Changes nothing if a provider of that name is there already. */
    static void register() {
        Security.addProvider(new BouncyCastleStandIn());
    }
}
