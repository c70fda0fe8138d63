// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The key with which tokens of service accounts are signed. Any thread may use it.
 *
 * <p>Of RSA, because that is what others expect of a cluster; such a key takes a fifth of a second to make, so it is made when
 * the first token is asked for. It lasts as long as the server, like the objects that its tokens speak of.
 */
public final class SigningKey {
    /** What every reader of tokens knows; upstream's recommendation. */
    private static final int BITS = 2048;

    private final AtomicReference<@Nullable KeyPair> keys = new AtomicReference<>();

    /** The algorithm, as tokens name it. */
    public static String algorithm() {
        return "RS256";
    }

    /** The name of the key: it is derived from it, so that nobody has to give one. */
    String id() {
        try {
            byte[] encoded = keys().getPublic().getEncoded();
            return base64(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The key's modulus in the form of a JSON web key. */
    public PublicPart publicPart() {
        RSAPublicKey key = (RSAPublicKey) keys().getPublic();
        return new PublicPart(id(), number(key.getModulus()), number(key.getPublicExponent()));
    }

    /** What may be shown of the key: its name and its two numbers in base64. */
    public record PublicPart(String id, String modulus, String exponent) {}

    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys().getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /** Whether {@code signature} is this key's of {@code text}. */
    boolean signed(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(keys().getPublic());
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Not even of the right length.
            return false;
        }
    }

    /** Two threads that come first at once may both make keys; those of one are kept. */
    private KeyPair keys() {
        KeyPair made = keys.get();
        if (made != null) {
            return made;
        }
        KeyPair fresh = make();
        KeyPair other = keys.compareAndExchange(null, fresh);
        return other == null ? fresh : other;
    }

    private static KeyPair make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /** Without the leading zero that says that a number is positive. */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
