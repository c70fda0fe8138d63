// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A pod, or a template of one, as its security is judged. */
record SecuredPod(JsonObject spec, JsonObject annotations, List<JsonObject> containers) {
    /** What is wrong: in a few words, and who is to blame for it. */
    record Finding(String reason, String detail) {
        @Override
        public String toString() {
            return detail.isEmpty() ? reason : reason + " (" + detail + ")";
        }
    }

    /** Of an object with {@code metadata} and {@code spec}. */
    static SecuredPod of(JsonObject pod) {
        JsonObject spec = pod.objectOrEmpty("spec");
        List<JsonObject> containers = new ArrayList<>();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            containers.addAll(spec.objects(list));
        }
        return new SecuredPod(spec, pod.objectOrEmpty("metadata").objectOrEmpty("annotations"), containers);
    }

    JsonObject context() {
        return spec.objectOrEmpty("securityContext");
    }

    static JsonObject context(JsonObject container) {
        return container.objectOrEmpty("securityContext");
    }

    boolean runsOnWindows() {
        return spec.objectOrEmpty("os").text("name").equals("windows");
    }

    /** Whether its users are not those of its node, so that its root is nobody. */
    boolean hasUsersOfItsOwn() {
        return spec.get("hostUsers") == JsonBoolean.FALSE;
    }

    /** The names of the containers that {@code bad} is true of. */
    List<String> named(Predicate<JsonObject> bad) {
        return containers.stream()
                .filter(bad)
                .map(container -> container.text("name"))
                .toList();
    }

    /** {@code container "a"} or {@code containers "a", "b"}. */
    static String containers(Collection<String> names) {
        return counted("container", names.size()) + " " + quoted(names);
    }

    /** The pod itself, the containers, or both; empty if neither is to blame. */
    static String blamed(boolean pod, List<String> containers) {
        List<String> all = new ArrayList<>();
        if (pod) {
            all.add("pod");
        }
        if (!containers.isEmpty()) {
            all.add(containers(containers));
        }
        return String.join(" and ", all);
    }

    static String counted(String word, int count) {
        return count == 1 ? word : word + "s";
    }

    static String quoted(Collection<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
    }

    static String annotation(String key, String value) {
        return key + "=" + GoText.quote(value);
    }
}
