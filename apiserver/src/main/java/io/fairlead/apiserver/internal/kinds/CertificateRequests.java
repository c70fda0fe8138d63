// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** What is wrong with a request for a certificate, and with the certificate that answers it, in Go's words. */
final class CertificateRequests {
    private static final String TRUNCATED = "asn1: syntax error: data truncated";
    private static final int SEQUENCE = 16;

    private CertificateRequests() {}

    /** What is wrong with the request in the PEM that {@code base64} stands for; empty if nothing is. */
    static String problem(String base64) {
        List<PemText.Block> blocks = PemText.blocks(base64);
        if (blocks.isEmpty() || !blocks.getFirst().type().equals("CERTIFICATE REQUEST")) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        byte[] content = blocks.getFirst().content();
        String problem = structureProblem(content);
        return problem.isEmpty() ? signatureProblem(content) : problem;
    }

    /** Looks at the outermost element only: what is wrong further in, Go says in as many ways as there are. */
    private static String structureProblem(byte[] content) {
        if (content.length == 0) {
            return "asn1: syntax error: sequence truncated";
        }
        int tag = content[0] & 31;
        int kind = (content[0] & 255) >> 6;
        boolean compound = (content[0] & 32) != 0;
        int length = content.length < 2 ? -1 : length(content);
        if (length < 0) {
            return TRUNCATED;
        }
        if (tag != SEQUENCE || kind != 0 || !compound) {
            return "asn1: structure error: tags don't match (16 vs {class:" + kind + " tag:" + tag + " length:" + length
                    + " isCompound:" + compound + "}) {optional:false explicit:false application:false private:false"
                    + " defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}"
                    + " certificateRequest @2";
        }
        return "";
    }

    /** The length that the element in {@code content} has; negative if there is less. */
    private static int length(byte[] content) {
        int first = content[1] & 255;
        int bytes = first < 128 ? 0 : first & 127;
        if (bytes > 3 || content.length < 2 + bytes) {
            return -1;
        }
        int length = first < 128 ? first : 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | (content[2 + i] & 255);
        }
        return content.length < 2 + bytes + length ? -1 : length;
    }

    private static String signatureProblem(byte[] content) {
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(content);
            boolean valid =
                    request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey()));
            if (valid) {
                return "";
            }
            return switch (request.getPublicKey().getAlgorithm()) {
                case "RSA" -> "crypto/rsa: verification error";
                case "EC" -> "x509: ECDSA verification failure";
                default -> "x509: Ed25519 verification failure";
            };
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            return TRUNCATED;
        }
    }

    /** What is wrong with the certificates in the PEM that {@code base64} stands for; empty if nothing is. */
    static String certificateProblem(String base64) {
        List<PemText.Block> blocks = PemText.blocks(base64);
        if (blocks.isEmpty()) {
            return "must contain at least one CERTIFICATE PEM block";
        }
        for (PemText.Block block : blocks) {
            if (!block.type().equals("CERTIFICATE")) {
                return "only CERTIFICATE PEM blocks are allowed, found \"" + block.type() + "\"";
            }
            if (block.hasHeaders()) {
                return "no PEM block headers are permitted";
            }
            try {
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content()));
            } catch (CertificateException e) {
                return "x509: malformed certificate";
            }
        }
        return "";
    }
}
