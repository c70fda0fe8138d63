// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.allocate;

import io.fairlead.apiserver.internal.validation.Addresses;
import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * From where services get addresses and node ports.
 *
 * @param first the network's first address, as a number; it and the last one are not handed out
 * @param bits how many bits the network's addresses have in common
 */
public record ServiceNetwork(int first, int bits, int portFirst, int portLast) {
    /** What the original recommends and our recordings were made with. */
    public static final ServiceNetwork DEFAULT = of("10.0.0.0/16", 30000, 32767);

    public ServiceNetwork {
        if (bits < 12 || bits > 30) {
            throw new IllegalArgumentException("a service network has 12 to 30 bits in common, not " + bits);
        }
        if (portFirst < 1 || portLast > 65535 || portFirst > portLast) {
            throw new IllegalArgumentException("no range of ports: " + portFirst + "-" + portLast);
        }
    }

    /** A network such as {@code 10.0.0.0/16}, IPv4 only, and a range of ports with both ends. */
    public static ServiceNetwork of(String network, int portFirst, int portLast) {
        Addresses.Network parsed = Addresses.network(network)
                .filter(each -> !each.isV6())
                .orElseThrow(() -> new IllegalArgumentException("no IPv4 network: " + network));
        int bits = parsed.bits();
        int first = bits == 0 ? 0 : number(parsed.address()) & (-1 << (32 - bits));
        return new ServiceNetwork(first, bits, portFirst, portLast);
    }

    /** The first address that can be handed out: that of the service of the server itself. */
    public String firstAddress() {
        return address(0);
    }

    /** How many addresses can be handed out. */
    int addresses() {
        return (1 << (32 - bits)) - 2;
    }

    /** How many at the lower end are for those who ask for a certain one; upstream's rule. */
    int staticAddresses() {
        return band(addresses(), 16, 256);
    }

    int ports() {
        return portLast - portFirst + 1;
    }

    int staticPorts() {
        return band(ports(), 32, 128);
    }

    /** The address of the network itself, which nobody gets. */
    String base() {
        return address(-1);
    }

    String address(int number) {
        int value = first + number + 1;
        return ((value >>> 24) & 255) + "." + ((value >>> 16) & 255) + "." + ((value >>> 8) & 255) + "."
                + (value & 255);
    }

    /** Empty if {@code address} is not one that can be handed out. */
    OptionalInt addressNumber(String address) {
        InetAddress parsed = Addresses.parse(address).orElse(null);
        if (parsed == null || parsed.getAddress().length != 4) {
            return OptionalInt.empty();
        }
        long number = (number(parsed) & 0xffffffffL) - (first & 0xffffffffL) - 1;
        return number >= 0 && number < addresses() ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    int port(int number) {
        return portFirst + number;
    }

    OptionalInt portNumber(long port) {
        return port >= portFirst && port <= portLast ? OptionalInt.of((int) port - portFirst) : OptionalInt.empty();
    }

    String portRange() {
        return portFirst + "-" + portLast;
    }

    /** A part of the range, at least 16 and at most {@code most}; nothing of a range that is too small to be divided. */
    private static int band(int size, int divisor, int most) {
        int least = 16;
        if (size <= least) {
            return 0;
        }
        return Math.min(most, Math.max(least, size / divisor));
    }

    private static int number(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ((bytes[0] & 255) << 24) | ((bytes[1] & 255) << 16) | ((bytes[2] & 255) << 8) | (bytes[3] & 255);
    }
}
