// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The media types of an {@code Accept} header, the most wanted first. */
record Accept(List<Wanted> wanted) {
    /** One of them. */
    record Wanted(String type, Map<String, String> parameters) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        /** Whether {@code offered} would do. */
        boolean matches(String offered) {
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

    static Accept parse(String header) {
        List<Wanted> wanted = new ArrayList<>();
        if (header.isBlank()) {
            wanted.add(new Wanted("*/*", Map.of()));
            return new Accept(wanted);
        }
        for (String part : header.split(",", -1)) {
            List<String> pieces = List.of(part.split(";", -1));
            Map<String, String> parameters = new HashMap<>();
            for (String piece : pieces.subList(1, pieces.size())) {
                int equals = piece.indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            piece.substring(0, equals).strip(),
                            piece.substring(equals + 1).strip());
                }
            }
            wanted.add(new Wanted(pieces.getFirst().strip().toLowerCase(Locale.ROOT), parameters));
        }
        wanted.sort(Comparator.comparingDouble(Wanted::quality).reversed());
        return new Accept(wanted);
    }
}
