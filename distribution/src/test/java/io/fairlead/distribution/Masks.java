// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes out of what kubectl printed whatever differs from run to run: names that were generated, times, addresses.
 *
 * <p>Applied to the recorded text, in which this has been replaced already, and to the text that is compared with it, so that both
 * end up the same. Blanks count for one, because columns are as wide as their widest cell.
 */
final class Masks {
    private static final Map<Pattern, String> REPLACED = new LinkedHashMap<>();

    static {
        String letter = "[bcdfghjklmnpqrstvwxz2456789]";
        replace("-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----", "<pem>");
        replace("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+", "<token>");
        replace("LS0t[A-Za-z0-9+/=]+", "<base64>");
        replace("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>");
        replace("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>");
        replace("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]+ [+-][0-9]{4}", "<time>");
        replace("https?://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?", "<server>");
        replace("\\b(10|172|192)(\\.[0-9]{1,3}){3}\\b", "<ip>");
        replace("(resourceVersion\"?: ?)\"[0-9]+\"", "$1\"<rv>\"");
        replace("\\b3[0-2][0-9]{3}\\b", "<nodeport>");
        replace("-(" + letter + "{8,10}|h{8,9}[0-9]+)(-(" + letter + "{5}|x{3,4}[0-9]+))?\\b", "-<made>");
        replace("-(" + letter + "{5}|x{3,4}[0-9]+)\\b", "-<made>");
        replace("\\b(" + letter + "{9,10}|h{8,9}[0-9]+)\\b", "<made>");
        replace("(<age>|<invalid>|\\b([0-9]+[dhms]){1,2}\\b)", "<age>");
        replace("\\([^()]*<age>[^()]*\\)", "");
        replace("[ \\t]+", " ");
        replace("(?m) $", "");
    }

    private Masks() {}

    private static void replace(String pattern, String by) {
        REPLACED.put(Pattern.compile(pattern), by);
    }

    static String apply(String text) {
        String masked = text;
        for (Map.Entry<Pattern, String> each : REPLACED.entrySet()) {
            masked = each.getKey().matcher(masked).replaceAll(each.getValue());
        }
        return masked.strip();
    }
}
