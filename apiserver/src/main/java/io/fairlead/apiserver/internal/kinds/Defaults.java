// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.Quantity;

/** Fills in members that were left out. In Go an empty string and a zero count as left out, unless the field is a pointer. */
final class Defaults {
    private Defaults() {}

    /** Sets a string unless there is one that is not empty. */
    static void text(JsonObject object, String name, String value) {
        if (object.text(name).isEmpty()) {
            object.put(name, value);
        }
    }

    /** Sets a number unless there is one that is not zero. */
    static void number(JsonObject object, String name, long value) {
        if (object.number(name, 0) == 0) {
            object.put(name, value);
        }
    }

    /** Sets what in Go is a pointer: whatever stands there stays, be it zero or empty. */
    static void pointer(JsonObject object, String name, JsonValue value) {
        if (absent(object, name)) {
            object.put(name, value);
        }
    }

    static void pointer(JsonObject object, String name, String value) {
        if (absent(object, name)) {
            object.put(name, value);
        }
    }

    static void pointer(JsonObject object, String name, long value) {
        if (absent(object, name)) {
            object.put(name, value);
        }
    }

    static void pointer(JsonObject object, String name, boolean value) {
        if (absent(object, name)) {
            object.put(name, value);
        }
    }

    static boolean absent(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value == null || value == JsonNull.NULL;
    }

    /** The object at {@code name}; if there is none or a null, an empty one that is added. */
    static JsonObject object(JsonObject parent, String name) {
        return parent.child(name);
    }

    /** Rounds the amounts in the map {@code name} up to thousandths, the finest that the original keeps of resources. */
    static void roundResources(JsonObject parent, String name) {
        JsonObject amounts = parent.object(name);
        for (int i = 0; amounts != null && i < amounts.size(); i++) {
            if (amounts.valueAt(i) instanceof JsonString string && mayBeFine(string.value())) {
                Quantity quantity = Quantity.orZero(string);
                Quantity rounded = quantity.roundedUpToMilli();
                if (!rounded.equals(quantity)) {
                    amounts.put(amounts.nameAt(i), rounded.text());
                }
            }
        }
    }

    /** Quantities are canonical by now, so that only these endings can stand for less than a thousandth. */
    private static boolean mayBeFine(String amount) {
        return amount.endsWith("u") || amount.endsWith("n") || amount.indexOf("e-") >= 0;
    }
}
