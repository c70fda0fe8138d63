// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import io.fairlead.apiserver.internal.codec.GoText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IP addresses, networks and ports as texts: what is wrong with them. Never asks a resolver. */
public final class Addresses {
    /** What is said of a port number out of range. */
    public static final String PORT_RANGE = "must be between 1 and 65535, inclusive";

    private static final String ADDRESS_FORM = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String NETWORK_FORM = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    /** What is wrong with {@code text} as an address; leading zeros and IPv4 in IPv6 are refused. */
    public static List<String> address(String text) {
        Optional<InetAddress> parsed = parse(text);
        if (parsed.isEmpty()) {
            return leadingZeros(text) ? List.of("must not have leading 0s") : List.of(ADDRESS_FORM);
        }
        return mapped(text) ? List.of("must not be an IPv4-mapped IPv6 address") : List.of();
    }

    /** Like {@link #address}, accepting what the original once accepted. */
    public static List<String> legacyAddress(String text) {
        return parse(text).isPresent() || leadingZeros(text) ? List.of() : List.of(ADDRESS_FORM);
    }

    /** What is wrong with {@code text} as a network such as {@code 10.0.0.0/16}, accepting what the original once accepted. */
    public static List<String> legacyNetwork(String text) {
        return network(text).isPresent() ? List.of() : List.of(NETWORK_FORM);
    }

    /** What is wrong with {@code text} as a network; {@code exact} refuses bits beyond those that count. */
    public static List<String> network(String text, boolean exact) {
        Network network = network(text).orElse(null);
        if (network == null) {
            return List.of(NETWORK_FORM);
        }
        return exact && !network.isExact() ? List.of("must not have bits set beyond the prefix length") : List.of();
    }

    /** What is wrong with {@code text} as an address that is to be written in the one way there is. */
    public static List<String> canonicalAddress(String text) {
        List<String> problems = address(text);
        return problems.isEmpty()
                ? parse(text).map(found -> deviation(text, canonical(found))).orElse(problems)
                : problems;
    }

    /** What is wrong with {@code text} as a network that is to be written in the one way there is. */
    public static List<String> canonicalNetwork(String text) {
        int slash = text.indexOf('/');
        String stripped = slash < 0
                ? text
                : withoutLeadingZeros(text.substring(0, slash)) + "/" + withoutLeadingZeros(text.substring(slash + 1));
        if (slash > 0 && mapped(text.substring(0, slash))) {
            return List.of("must not have an IPv4-mapped IPv6 address");
        }
        Network network = network(stripped).orElse(null);
        if (network == null) {
            return List.of(NETWORK_FORM);
        }
        List<String> problems = new ArrayList<>();
        if (!network.isExact()) {
            problems.add("must not have bits set beyond the prefix length");
        }
        if (!stripped.equals(text)) {
            problems.add("must not have leading 0s in IP or prefix length");
        } else if (problems.isEmpty()) {
            problems.addAll(deviation(text, canonical(network.address()) + "/" + network.bits()));
        }
        return problems;
    }

    /** What is wrong with {@code text} as an address with the size of its network behind it, such as {@code 10.9.8.7/24}. */
    public static List<String> addressInNetwork(String text) {
        return network(text).isPresent()
                ? List.of()
                : List.of("must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
    }

    private static List<String> deviation(String text, String canonical) {
        return text.equals(canonical)
                ? List.of()
                : List.of("must be in canonical form (" + GoText.quote(canonical) + ")");
    }

    private static String canonical(InetAddress address) {
        return address.getAddress().length == 4 ? address.getHostAddress() : canonicalV6(address);
    }

    /** Whether {@code text} is an IPv6 address. */
    public static boolean isV6(String text) {
        return parse(text).isPresent() && text.indexOf(':') >= 0 && !mapped(text);
    }

    /** Whether {@code text} is an address of either family. */
    public static boolean isAddress(String text) {
        return legacyAddress(text).isEmpty();
    }

    /** Reads an address; empty if {@code text} is none. */
    public static Optional<InetAddress> parse(String text) {
        boolean wellFormed = text.indexOf(':') >= 0 ? isV6Form(text) : isV4Form(text);
        if (!wellFormed) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** A network: the address as written, and how many of its bits count. */
    public record Network(InetAddress address, int bits) {
        /** Whether this is a network of IPv6 addresses. */
        public boolean isV6() {
            return address.getAddress().length == 16;
        }

        /** Whether no bit is set beyond those that count. */
        boolean isExact() {
            byte[] bytes = address.getAddress();
            for (int bit = bits; bit < bytes.length * 8; bit++) {
                if (bitOf(bytes, bit) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Whether {@code other} is one of the network's addresses. */
        public boolean contains(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] bytes = other.getAddress();
            for (int bit = 0; bit < bits && own.length == bytes.length; bit++) {
                if (bitOf(own, bit) != bitOf(bytes, bit)) {
                    return false;
                }
            }
            return own.length == bytes.length;
        }

        private static int bitOf(byte[] bytes, int bit) {
            return (bytes[bit / 8] >> (7 - bit % 8)) & 1;
        }
    }

    /** Reads a network; empty if {@code text} is none. */
    public static Optional<Network> network(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.length() - slash > 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            bits = bits * 10 + (c - '0');
        }
        int length = bits;
        return parse(text.substring(0, slash))
                .filter(address -> length <= address.getAddress().length * 8)
                .map(address -> new Network(address, length));
    }

    /** What to say of an address that is accepted though it should be written otherwise; it stands at {@code path}. */
    public static List<String> warnings(FieldPath path, String text) {
        if (text.indexOf(':') < 0 || mapped(text)) {
            return List.of();
        }
        String canonical = parse(text).map(Addresses::canonicalV6).orElse(text);
        return canonical.equals(text)
                ? List.of()
                : List.of(path + ": IPv6 address " + GoText.quote(text) + " should be in RFC 5952 canonical format ("
                        + GoText.quote(canonical) + ")");
    }

    /** An IPv6 address as RFC 5952 has it: no leading zeros, the first of the longest rows of zeros left out. */
    private static String canonicalV6(InetAddress address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[bytes.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 255) << 8 | (bytes[2 * i + 1] & 255);
        }
        int from = 0;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (length > 1 && i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Complains if {@code port} is out of range. */
    public static void validatePort(long port, FieldPath path, FieldErrors errors) {
        if (port < 1 || port > 65535) {
            errors.invalid(path, port, PORT_RANGE);
        }
    }

    private static boolean mapped(String text) {
        return text.indexOf(':') >= 0
                && parse(text).filter(a -> a.getAddress().length == 4).isPresent();
    }

    private static boolean leadingZeros(String text) {
        if (text.indexOf(':') >= 0 || text.indexOf('.') < 0) {
            return false;
        }
        String without = withoutLeadingZeros(text);
        return without.length() < text.length() && isV4Form(without);
    }

    /** {@code text} without the zeros that no number between its dots needs; as it is if it is an IPv6 address. */
    private static String withoutLeadingZeros(String text) {
        if (text.indexOf(':') >= 0) {
            return text;
        }
        StringBuilder without = new StringBuilder();
        for (String part : text.split("\\.", -1)) {
            int start = 0;
            while (start < part.length() - 1 && part.charAt(start) == '0') {
                start++;
            }
            without.append(without.isEmpty() ? "" : ".").append(part, start, part.length());
        }
        return without.toString();
    }

    private static boolean isV4Form(String text) {
        int parts = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (digits == 0 || value > 255) {
                    return false;
                }
                parts++;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && digits < 3 && (digits == 0 || value > 0)) {
                value = value * 10 + (c - '0');
                digits++;
            } else {
                return false;
            }
        }
        return parts == 4;
    }

    private static boolean isV6Form(String text) {
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return end <= 45;
    }
}
