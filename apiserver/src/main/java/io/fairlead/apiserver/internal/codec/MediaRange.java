// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of the media types that an {@code Accept} header names.
 *
 * @param type such as {@code application/json} or {@code *}{@code /*}, in lower case
 * @param parameters what stands behind it, such as {@code as=Table}
 */
public record MediaRange(String type, Map<String, String> parameters) {
    private static final MediaRange ANY = new MediaRange("*/*", Map.of());

    /** All that {@code header} names, the most wanted first, those wanted as much in their order; anything will do if it is blank. */
    public static List<MediaRange> parse(String header) {
        if (header.isBlank()) {
            return List.of(ANY);
        }
        List<MediaRange> ranges = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String[] pieces = part.split(";", -1);
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < pieces.length; i++) {
                int equals = pieces[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            pieces[i].substring(0, equals).strip(),
                            pieces[i].substring(equals + 1).strip());
                }
            }
            ranges.add(new MediaRange(pieces[0].strip().toLowerCase(Locale.ROOT), parameters));
        }
        ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
        return ranges;
    }

    /** The parameter called {@code name}, or the empty string. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Whether {@code offered} would do. */
    public boolean matches(String offered) {
        return type.equals(offered) || type.equals("*/*");
    }

    private double quality() {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
