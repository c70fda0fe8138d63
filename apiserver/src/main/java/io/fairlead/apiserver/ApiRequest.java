// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request as it came off the wire, before anything in it is believed.
 *
 * @param method in upper case, such as {@code GET}
 * @param path undecoded, beginning with a slash, without the query
 * @param query undecoded, without the question mark; may be empty
 * @param headers by name in lower case
 * @param body all of it; empty if there is none. Not copied: nobody may change it any more.
 * @param peer what the transport knows of the sender
 */
@Api(Api.Status.EXPERIMENTAL)
public record ApiRequest(
        String method, String path, String query, Map<String, List<String>> headers, byte[] body, Peer peer) {
    public ApiRequest {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
        requireNonNull(peer, "peer");
    }

    /** The first value of the header {@code name}, or the empty string. */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** What the transport vouches for. */
    public sealed interface Peer {
        /** A connection without a client certificate. */
        record Anonymous() implements Peer {}

        /** A connection with a client certificate that the handshake has checked against the server's CA, leaf first. */
        record Certificate(List<X509Certificate> chain) implements Peer {
            public Certificate {
                chain = List.copyOf(chain);
            }
        }

        /** A caller in the same JVM, who is believed to be who it says. */
        record Local(String userName, Set<String> groups) implements Peer {
            public Local {
                requireNonNull(userName, "userName");
                groups = Set.copyOf(groups);
            }
        }
    }
}
