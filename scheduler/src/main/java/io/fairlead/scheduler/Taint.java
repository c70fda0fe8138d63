// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.List;

/** What keeps pods off a node that do not tolerate it. */
record Taint(String key, String value, String effect) {
    /** What a node that takes no new pods is said to be tainted with, so that pods can tolerate it. */
    static final Taint UNSCHEDULABLE = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    /** Whether pods that do not tolerate it must not be placed here. */
    boolean forbids() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    /** Whether pods that do not tolerate it had better be placed elsewhere. */
    boolean discourages() {
        return effect.equals("PreferNoSchedule");
    }

    boolean toleratedBy(List<Toleration> tolerations) {
        for (Toleration toleration : tolerations) {
            if (toleration.tolerates(this)) {
                return true;
            }
        }
        return false;
    }

    static List<Taint> readAll(JsonCursor json) throws IOException {
        return json.list(Taint::read);
    }

    private static Taint read(JsonCursor json) throws IOException {
        String key = "";
        String value = "";
        String effect = "";
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "key" -> key = json.shared();
                case "value" -> value = json.shared();
                case "effect" -> effect = json.shared();
                default -> json.skip();
            }
        }
        return new Taint(key, value, effect);
    }
}
