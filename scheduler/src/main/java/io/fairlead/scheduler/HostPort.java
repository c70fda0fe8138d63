// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

/** A port of the node that a pod takes for itself. */
record HostPort(String ip, String protocol, int port) {
    private static final String ANY_IP = "0.0.0.0";

    HostPort {
        ip = ip.isEmpty() ? ANY_IP : ip;
        protocol = protocol.isEmpty() ? "TCP" : protocol;
    }

    boolean collidesWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(ANY_IP) || other.ip.equals(ANY_IP));
    }
}
