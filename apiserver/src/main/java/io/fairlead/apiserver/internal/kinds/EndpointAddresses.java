// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import java.net.InetAddress;

/** Which addresses traffic may be sent to. */
final class EndpointAddresses {
    private EndpointAddresses() {}

    /** Complains if {@code address} can only mean this host, or nobody in particular. */
    static void validateUsable(String address, FieldPath path, FieldErrors errors) {
        InetAddress parsed = Addresses.parse(address).orElse(null);
        if (parsed == null) {
            errors.invalid(path, address, "must be a valid IP address");
        } else {
            validateUsable(parsed, address, "0.0.0.0 or ::", path, errors);
        }
    }

    /** The same for a well-formed address in an EndpointSlice, whose complaint about no address at all names its family. */
    static void validateUsableInSlice(String address, boolean v6, FieldPath path, FieldErrors errors) {
        Addresses.parse(address)
                .ifPresent(parsed -> validateUsable(parsed, address, v6 ? "::" : "0.0.0.0", path, errors));
    }

    private static void validateUsable(
            InetAddress parsed, String address, String unspecified, FieldPath path, FieldErrors errors) {
        if (parsed.isAnyLocalAddress()) {
            errors.invalid(path, address, "may not be unspecified (" + unspecified + ")");
        }
        if (parsed.isLoopbackAddress()) {
            errors.invalid(path, address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (parsed.isLinkLocalAddress()) {
            errors.invalid(path, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (parsed.isMCLinkLocal()) {
            errors.invalid(path, address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }
}
