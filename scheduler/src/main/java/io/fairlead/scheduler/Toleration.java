// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.List;

/**
 * Which taints a pod does not mind.
 *
 * @param key empty for all, if the operator is Exists
 * @param effect empty for all
 */
record Toleration(String key, String operator, String value, String effect) {
    boolean tolerates(Taint taint) {
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (operator) {
            case "", "Equal" -> !key.isEmpty() && value.equals(taint.value());
            case "Exists" -> true;
            default -> false;
        };
    }

    static List<Toleration> readAll(JsonCursor json) throws IOException {
        return json.list(Toleration::read);
    }

    private static Toleration read(JsonCursor json) throws IOException {
        String key = "";
        String operator = "";
        String value = "";
        String effect = "";
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "key" -> key = json.shared();
                case "operator" -> operator = json.shared();
                case "value" -> value = json.shared();
                case "effect" -> effect = json.shared();
                default -> json.skip();
            }
        }
        return new Toleration(key, operator, value, effect);
    }
}
