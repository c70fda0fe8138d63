// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the requests and limits of containers and pods. */
final class ResourceRequirements {
    private static final String HUGE_PAGES = "hugepages-";

    private ResourceRequirements() {}

    /** The resources of a container. */
    static void validateContainer(JsonObject resources, Set<String> claims, FieldPath path, FieldErrors errors) {
        if (resources.isEmpty()) {
            return;
        }
        validate(resources, false, path, errors);
        List<JsonObject> used = resources.objects("claims");
        for (int i = 0; i < used.size(); i++) {
            String name = used.get(i).text("name");
            FieldPath at = path.child("claims").index(i);
            if (name.isEmpty()) {
                errors.required(at, "");
            } else if (!claims.contains(name)) {
                errors.notFound(
                        at,
                        name,
                        claims.isEmpty()
                                ? "must be one of the names in pod.spec.resourceClaims which is empty"
                                : "must be one of the names in pod.spec.resourceClaims: ["
                                        + String.join(", ", new TreeSet<>(claims)) + "]");
            }
        }
    }

    /** The resources of a pod as a whole, which bound those of its containers. */
    static void validatePod(JsonObject spec, FieldPath path, FieldErrors errors) {
        JsonObject resources = spec.object("resources");
        if (resources == null) {
            return;
        }
        validate(resources, true, path, errors);
        resources.objectOrEmpty("requests").forEach((name, amount) -> {
            Quantity aggregate = PodResources.aggregateRequest(spec, name);
            if (Quantity.orZero(amount).compareTo(aggregate) < 0) {
                errors.invalid(
                        path.child("requests").key(name),
                        text(amount),
                        "must be greater than or equal to aggregate container requests of " + aggregate.text());
            }
        });
        JsonObject limits = resources.objectOrEmpty("limits");
        List<JsonObject> containers = spec.objects("containers");
        for (int i = 0; i < containers.size(); i++) {
            FieldPath at = path.child("containers").index(i);
            JsonObject own = containers.get(i).objectOrEmpty("resources").objectOrEmpty("limits");
            own.forEach((name, amount) -> {
                if (limits.has(name) && Quantity.orZero(amount).compareTo(Quantity.orZero(limits.get(name))) > 0) {
                    errors.invalid(
                            at.key(name).child("limits"),
                            text(amount),
                            "must be less than or equal to pod limits of " + text(limits.get(name)));
                }
            });
        }
    }

    private static void validate(JsonObject resources, boolean wholePod, FieldPath path, FieldErrors errors) {
        JsonObject limits = resources.objectOrEmpty("limits");
        JsonObject requests = resources.objectOrEmpty("requests");
        Set<String> names = new HashSet<>();
        limits.forEach((name, amount) -> {
            names.add(name);
            validateAmount(name, amount, wholePod, path.child("limits").key(name), errors);
        });
        requests.forEach((name, amount) -> {
            names.add(name);
            validateAmount(name, amount, wholePod, path.child("requests").key(name), errors);
            validateAgainstLimit(name, amount, limits, path, errors);
        });
        boolean huge = names.stream().anyMatch(name -> name.startsWith(HUGE_PAGES));
        if (huge && !names.contains("cpu") && !names.contains("memory")) {
            errors.forbidden(path, "HugePages require cpu or memory");
        }
    }

    private static void validateAgainstLimit(
            String name, JsonValue amount, JsonObject limits, FieldPath path, FieldErrors errors) {
        boolean overcommitted = ResourceNames.isNative(name) && !name.startsWith(HUGE_PAGES);
        JsonValue limit = limits.get(name);
        if (limit == null) {
            if (!overcommitted) {
                errors.required(path.child("limits"), "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int comparison = Quantity.orZero(amount).compareTo(Quantity.orZero(limit));
        if (comparison != 0 && !overcommitted) {
            errors.invalid(
                    path.child("requests"), text(amount), "must be equal to " + name + " limit of " + text(limit));
        } else if (comparison > 0) {
            errors.invalid(
                    path.child("requests"),
                    text(amount),
                    "must be less than or equal to " + name + " limit of " + text(limit));
        }
    }

    private static void validateAmount(
            String name, JsonValue amount, boolean wholePod, FieldPath path, FieldErrors errors) {
        if (wholePod) {
            ResourceNames.validatePodLevel(name, path, errors);
        } else {
            ResourceNames.validateForContainer(name, path, errors);
        }
        ResourceNames.validateAmount(name, amount, path, errors);
        if (name.startsWith(HUGE_PAGES) && !isWholePages(name, Quantity.orZero(amount))) {
            errors.invalid(path, text(amount), text(amount) + " is not positive integer multiple of " + name);
        }
    }

    private static boolean isWholePages(String name, Quantity amount) {
        Quantity page = Quantity.parse(name.substring(HUGE_PAGES.length())).orElse(Quantity.ZERO);
        return page.signum() > 0
                && amount.signum() >= 0
                && amount.value().remainder(page.value()).signum() == 0;
    }

    /** A quantity as messages write it. */
    static String text(@org.jspecify.annotations.Nullable JsonValue amount) {
        return amount instanceof JsonString string ? string.value() : String.valueOf(amount);
    }
}
