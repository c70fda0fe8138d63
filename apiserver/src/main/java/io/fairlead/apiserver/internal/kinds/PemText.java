// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of PEM in a text, found as Go's {@code encoding/pem} finds them: whatever stands around them is passed over. */
final class PemText {
    /** One block: its title, whether it has headers, and its bytes. */
    record Block(String type, boolean hasHeaders, byte[] content) {}

    private static final Pattern BLOCK = Pattern.compile(
            "^-----BEGIN ([^\\n]*)-----[ \\t\\r]*\\n(.*?)^-----END \\1-----[ \\t\\r]*$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("\\A([^\\n]*:[^\\n]*\\n)+");

    private PemText() {}

    /** The blocks in the text that {@code base64} stands for; none if it stands for nothing of the kind. */
    static List<Block> blocks(String base64) {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(decoded(base64));
        while (found.find()) {
            String body = found.group(2);
            Matcher headers = HEADER.matcher(body);
            boolean hasHeaders = headers.find();
            String content = hasHeaders ? body.substring(headers.end()) : body;
            try {
                byte[] bytes = Base64.getDecoder().decode(content.replaceAll("\\s", ""));
                blocks.add(new Block(found.group(1), hasHeaders, bytes));
            } catch (IllegalArgumentException notBase64) {
                // Go passes over it as well.
            }
        }
        return blocks;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
