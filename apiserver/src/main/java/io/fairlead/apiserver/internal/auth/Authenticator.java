// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Finds out who sent a request: by client certificate, by what the transport vouches for, by a token, or not at all.
 *
 * <p>Whoever shows a token that is not good, and no certificate, is refused, even where anybody may look.
 */
public final class Authenticator {
    private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    /** Certificates seen: enough for every component of a cluster; beyond that, reading one again costs microseconds. */
    private static final int REMEMBERED_MAX = 1_000;

    private final Map<X509Certificate, Optional<UserInfo>> remembered = new ConcurrentHashMap<>();
    private final Function<String, Optional<UserInfo>> tokens;

    /** @param tokens whose a token is; empty if it is nobody's */
    public Authenticator(Function<String, Optional<UserInfo>> tokens) {
        this.tokens = requireNonNull(tokens, "tokens");
    }

    /** The sender of {@code request}; empty if it shows credentials that are not valid, which is answered with 401. */
    public Optional<UserInfo> authenticate(ApiRequest request) {
        return switch (request.peer()) {
            case Peer.Local(String name, var groups) ->
                Optional.of(new UserInfo(
                        name, "", authenticated(groups.stream().sorted().toList()), Map.of()));
            case Peer.Certificate(var chain) -> userOf(chain.getFirst()).or(() -> withoutCertificate(request));
            case Peer.Anonymous() -> withoutCertificate(request);
        };
    }

    private Optional<UserInfo> withoutCertificate(ApiRequest request) {
        String authorization = request.header("authorization");
        if (authorization.isEmpty()) {
            return Optional.of(UserInfo.NOBODY);
        }
        String[] words = authorization.strip().split(" ", 3);
        boolean bearsToken =
                words.length > 1 && words[0].toLowerCase(Locale.ROOT).equals("bearer") && !words[1].isEmpty();
        return bearsToken ? tokens.apply(words[1]) : Optional.of(UserInfo.NOBODY);
    }

    private Optional<UserInfo> userOf(X509Certificate certificate) {
        Optional<UserInfo> known = remembered.get(certificate);
        if (known != null) {
            return known;
        }
        Optional<UserInfo> user = read(certificate);
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(certificate, user);
        return user;
    }

    /** The common name is the user, each organization a group; a certificate without a common name says nothing. */
    private static Optional<UserInfo> read(X509Certificate certificate) {
        String user = "";
        List<String> groups = new ArrayList<>();
        for (Rdn part : partsOf(certificate)) {
            String value = String.valueOf(part.getValue());
            switch (part.getType().toUpperCase(Locale.ROOT)) {
                case "CN" -> user = value;
                case "O" -> groups.add(value);
                default -> {
                    // Other parts of a name carry no identity.
                }
            }
        }
        if (user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new UserInfo(
                user, "", authenticated(groups), Map.of(CREDENTIAL_ID, List.of(fingerprint(certificate)))));
    }

    private static List<Rdn> partsOf(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static List<String> authenticated(List<String> groups) {
        if (groups.contains(UserInfo.AUTHENTICATED_GROUP)) {
            return groups;
        }
        List<String> all = new ArrayList<>(groups);
        all.add(UserInfo.AUTHENTICATED_GROUP);
        return all;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "X509SHA256=" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("cannot take the fingerprint of a client certificate", e);
        }
    }
}
