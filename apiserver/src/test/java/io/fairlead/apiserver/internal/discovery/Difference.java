// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says where two documents differ, as whole ones are too long to be read. */
final class Difference {
    private static final int SHOWN_MAX = 20;

    private final List<String> found = new ArrayList<>();

    private Difference() {}

    /** The first differences between {@code expected} and {@code actual}; none if they are equal. */
    static List<String> between(JsonValue expected, JsonValue actual) {
        Difference difference = new Difference();
        difference.compare("", expected, actual);
        return difference.found;
    }

    /** {@code value} without descriptions, which recordings do not have. */
    static JsonValue withoutProse(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (String name : object.names()) {
                JsonValue member = Objects.requireNonNull(object.get(name));
                if (name.equals("description") && !(member instanceof JsonObject)) {
                    object.remove(name);
                } else {
                    withoutProse(member);
                }
            }
        } else if (value instanceof JsonArray array) {
            array.forEach(Difference::withoutProse);
        }
        return value;
    }

    private void compare(String path, JsonValue expected, JsonValue actual) {
        if (expected.equals(actual) || found.size() > SHOWN_MAX) {
            return;
        }
        if (expected instanceof JsonObject a && actual instanceof JsonObject b) {
            for (String name : a.names()) {
                JsonValue other = b.get(name);
                if (other == null) {
                    found.add(path + "/" + name + " is missing: " + a.get(name));
                } else {
                    compare(path + "/" + name, Objects.requireNonNull(a.get(name)), other);
                }
            }
            b.names().stream()
                    .filter(name -> !a.has(name))
                    .forEach(name -> found.add(path + "/" + name + " is too much: " + b.get(name)));
        } else {
            found.add(path + " is " + actual + ", not " + expected);
        }
    }
}
