// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text. */
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** What stands before and after the 32 bytes of a P-256 key in the form of RFC 5915: version and length; the curve's name. */
    private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("30310201010420");

    private static final byte[] KEY_SUFFIX = HexFormat.of().parseHex("a00a06082a8648ce3d030107");

    private static final int KEY_SIZE_BYTES = 32;

    private Pem() {}

    public static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot encode a certificate of our own", e);
        }
    }

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** The older form of an elliptic-curve key, which clients recognize as such by its title. */
    static String ofEllipticCurveKey(PrivateKey key) {
        BigInteger secret = ((ECPrivateKey) key).getS();
        byte[] bytes = new byte[KEY_PREFIX.length + KEY_SIZE_BYTES + KEY_SUFFIX.length];
        System.arraycopy(KEY_PREFIX, 0, bytes, 0, KEY_PREFIX.length);
        byte[] magnitude = secret.toByteArray();
        int length = Math.min(magnitude.length, KEY_SIZE_BYTES);
        System.arraycopy(
                magnitude, magnitude.length - length, bytes, KEY_PREFIX.length + KEY_SIZE_BYTES - length, length);
        System.arraycopy(KEY_SUFFIX, 0, bytes, KEY_PREFIX.length + KEY_SIZE_BYTES, KEY_SUFFIX.length);
        return block("EC PRIVATE KEY", bytes);
    }

    private static String block(String title, byte[] content) {
        return "-----BEGIN " + title + "-----\n" + LINES.encodeToString(content) + "\n-----END " + title + "-----\n";
    }

    /**
     * Reads alternating certificates and PKCS #8 keys.
     *
     * @throws GeneralSecurityException if {@code text} is anything else
     */
    static List<Credential> credentials(String text) throws GeneralSecurityException {
        List<Credential> credentials = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            byte[] certificate = content(blocks);
            if (!blocks.find()) {
                throw new GeneralSecurityException("a certificate without its key");
            }
            credentials.add(new Credential(certificate(certificate), key(content(blocks))));
        }
        return credentials;
    }

    private static byte[] content(Matcher block) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2).getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }

    private static X509Certificate certificate(byte[] encoded) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
