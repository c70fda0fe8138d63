// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.List;
import java.util.Set;

/** The names of resources: which are Kubernetes' own, which may stand where, and what amounts they take. */
final class ResourceNames {
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final List<String> POD_LEVEL = List.of("cpu", "hugepages-", "memory");
    private static final Set<String> OF_QUOTAS = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> STANDARD = Set.of("storage");
    private static final Set<String> WHOLE = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceNames() {}

    /** Whether {@code name} is one of Kubernetes' own resources. */
    static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    /** Whether {@code name} follows the rules of resources that others add. */
    static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }

    static boolean isStandard(String name) {
        return OF_QUOTAS.contains(name)
                || STANDARD.contains(name)
                || name.startsWith("hugepages-")
                || name.startsWith("requests.hugepages-");
    }

    /** Whether a quota can limit {@code name} without naming a domain. */
    static boolean isOfQuotas(String name) {
        return OF_QUOTAS.contains(name) || name.startsWith("hugepages-") || name.startsWith("requests.hugepages-");
    }

    /** A name that is qualified, or else one of Kubernetes' own. */
    static void validate(String name, FieldPath path, FieldErrors errors) {
        List<String> problems = Names.qualified(name);
        errors.invalid(path, name, problems);
        if (problems.isEmpty() && name.indexOf('/') < 0 && !isStandard(name)) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
    }

    static void validateForContainer(String name, FieldPath path, FieldErrors errors) {
        if (OF_CONTAINERS.contains(name)) {
            return;
        }
        validate(name, path, errors);
        if (name.indexOf('/') < 0) {
            if (!name.startsWith("hugepages-")) {
                errors.invalid(path, name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    static void validatePodLevel(String name, FieldPath path, FieldErrors errors) {
        if (!name.equals("cpu") && !name.equals("memory") && !name.startsWith("hugepages-")) {
            errors.unsupported(path, name, POD_LEVEL);
        }
    }

    /** An amount of {@code name}: not negative, and whole where parts make no sense. */
    static void validateAmount(String name, JsonValue amount, FieldPath path, FieldErrors errors) {
        Quantity quantity = Quantity.orZero(amount);
        if (quantity.signum() < 0) {
            errors.invalid(path, ResourceRequirements.text(amount), "must be greater than or equal to 0");
        }
        if ((WHOLE.contains(name) || isExtended(name)) && !quantity.isInteger()) {
            errors.invalid(path, ResourceRequirements.text(amount), "must be an integer");
        }
    }
}
