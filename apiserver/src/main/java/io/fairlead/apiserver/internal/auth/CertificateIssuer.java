// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates. Keys are P-256: a pair takes a millisecond, where one of RSA takes a fifth of a second. */
public final class CertificateIssuer {
    private static final String AUTHORITY_NAME = "fairlead-ca";
    private static final String SIGNATURE = "SHA256withECDSA";

    /** Long, because a development cluster that stops working one morning helps nobody. */
    private static final Duration LIFETIME = Duration.ofDays(3650);

    /** For clients whose clock is behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final String[] SERVER_NAMES = {
        "localhost",
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local"
    };

    /** Loopback, and the first address of the service range, which is the API server's. */
    private static final String[] SERVER_ADDRESSES = {"127.0.0.1", "::1", "10.0.0.1"};

    private final Environment environment;

    public CertificateIssuer(Environment environment) {
        this.environment = requireNonNull(environment, "environment");
    }

    /** A new authority and what it signs. */
    public PublicKeys issue() {
        try {
            return issueAll();
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make the cluster's certificates", e);
        }
    }

    private PublicKeys issueAll() throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair authorityKeys = newKeys();
        X500Name authorityName = nameOf(AUTHORITY_NAME);
        X509v3CertificateBuilder authority = builder(authorityName, authorityName, authorityKeys);
        authority.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        authority.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        X509Certificate authorityCertificate = sign(authority, authorityKeys.getPrivate());

        KeyPair serverKeys = newKeys();
        X509v3CertificateBuilder server = builder(authorityName, nameOf("kube-apiserver"), serverKeys);
        addUsage(server, KeyPurposeId.id_kp_serverAuth);
        server.addExtension(Extension.subjectAlternativeName, false, serverNames());

        KeyPair administratorKeys = newKeys();
        X509v3CertificateBuilder administrator =
                builder(authorityName, nameOf("kubernetes-admin", UserInfo.MASTERS_GROUP), administratorKeys);
        addUsage(administrator, KeyPurposeId.id_kp_clientAuth);

        return new PublicKeys(
                new Credential(authorityCertificate, authorityKeys.getPrivate()),
                new Credential(sign(server, authorityKeys.getPrivate()), serverKeys.getPrivate()),
                new Credential(sign(administrator, authorityKeys.getPrivate()), administratorKeys.getPrivate()));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X500Name nameOf(String commonName, String... organizations) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        for (String organization : organizations) {
            name.addRDN(BCStyle.O, organization);
        }
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = environment.now();
        BigInteger serial = BigInteger.valueOf(environment.random().nextLong(1, Long.MAX_VALUE));
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                subject,
                keys.getPublic());
    }

    private static void addUsage(X509v3CertificateBuilder builder, KeyPurposeId purpose) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static GeneralNames serverNames() {
        Stream<GeneralName> names = Stream.of(SERVER_NAMES).map(name -> new GeneralName(GeneralName.dNSName, name));
        Stream<GeneralName> addresses =
                Stream.of(SERVER_ADDRESSES).map(address -> new GeneralName(GeneralName.iPAddress, address));
        return new GeneralNames(Stream.concat(names, addresses).toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey authority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        byte[] encoded = builder.build(new JcaContentSignerBuilder(SIGNATURE).build(authority))
                .getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
