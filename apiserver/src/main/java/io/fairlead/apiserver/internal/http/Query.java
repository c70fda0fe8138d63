// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, decoded. Immutable. */
final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Reads what stands behind the question mark; parts that cannot be decoded are left out, as Go does. */
    static Query parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                values.computeIfAbsent(name.get(), each -> new ArrayList<>(1)).add(value.get());
            }
        }
        return new Query(values);
    }

    /** The first value; empty if there is none. */
    String text(String name) {
        List<String> found = values.get(name);
        return found == null ? "" : found.getFirst();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a parameter says yes, as Go's conversion has it: anything but {@code false} and {@code 0}. */
    boolean flag(String name) {
        return has(name) && !text(name).equals("false") && !text(name).equals("0");
    }

    private static Optional<String> decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return Optional.of(text);
        }
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
