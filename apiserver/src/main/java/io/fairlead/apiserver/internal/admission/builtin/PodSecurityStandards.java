// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.admission.AdmissionPlugin;
import io.fairlead.apiserver.internal.admission.AdmissionRequest;
import io.fairlead.apiserver.internal.admission.AdmissionRequest.Operation;
import io.fairlead.apiserver.internal.admission.ObjectLookup;
import io.fairlead.apiserver.internal.admission.builtin.SecuredPod.Finding;
import io.fairlead.apiserver.internal.admission.builtin.SecurityLevel.Policy;
import io.fairlead.apiserver.internal.admission.builtin.SecurityLevel.Strictness;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds pods to the security that the labels of their namespace want, and warns the authors of templates. */
final class PodSecurityStandards implements AdmissionPlugin {
    /** So many pods are looked at when a namespace becomes stricter; upstream's number. */
    private static final int PODS_MAX = 3_000;

    private static final Set<String> IGNORED =
            Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");

    private final ObjectLookup lookup;

    PodSecurityStandards(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void validate(AdmissionRequest request) {
        boolean writes = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        JsonObject object = request.object();
        if (!writes || object == null) {
            return;
        }
        String resource = request.resource().qualifiedName();
        switch (resource) {
            case "namespaces" -> {
                if (request.subresource().isEmpty()) {
                    namespace(request, object);
                }
            }
            case "pods" -> {
                if (!IGNORED.contains(request.subresource()) && isSignificant(object, request.old())) {
                    pod(request, object);
                }
            }
            default -> {
                JsonObject template = request.subresource().isEmpty() ? template(resource, object) : null;
                if (template != null) {
                    warn(request, template, policy(request).warn());
                }
            }
        }
    }

    private Policy policy(AdmissionRequest request) {
        return Policy.of(lookup.labels("namespaces", "", request.namespace()).orElse(Map.of()));
    }

    private static @Nullable JsonObject template(String resource, JsonObject object) {
        JsonObject spec = object.objectOrEmpty("spec");
        return switch (resource) {
            case "podtemplates" -> object.object("template");
            case "cronjobs.batch" ->
                spec.objectOrEmpty("jobTemplate").objectOrEmpty("spec").object("template");
            case "replicationcontrollers",
                    "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "jobs.batch" -> spec.object("template");
            default -> null;
        };
    }

    private void pod(AdmissionRequest request, JsonObject pod) {
        Policy policy = policy(request);
        List<Finding> findings = findings(pod, policy.enforce());
        if (!findings.isEmpty()) {
            throw ApiStatus.forbidden(
                            request.resource(),
                            request.name(),
                            "violates PodSecurity \"" + policy.enforce() + "\": " + joined(findings))
                    .exception();
        }
        warn(request, pod, policy.warn());
    }

    private static void warn(AdmissionRequest request, JsonObject pod, SecurityLevel level) {
        List<Finding> findings = findings(pod, level);
        if (!findings.isEmpty()) {
            request.warnings().accept("would violate PodSecurity \"" + level + "\": " + joined(findings));
        }
    }

    private static String joined(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining(", "));
    }

    static List<Finding> findings(JsonObject pod, SecurityLevel level) {
        if (level.strictness() == Strictness.PRIVILEGED) {
            return List.of();
        }
        boolean restricted = level.strictness() == Strictness.RESTRICTED;
        SecuredPod secured = SecuredPod.of(pod);
        List<Finding> findings = new ArrayList<>(BaselineChecks.of(secured, level.minor(), restricted));
        if (restricted) {
            findings.addAll(RestrictedChecks.of(secured, level.minor()));
        }
        return findings;
    }

    /** What has no other images has been judged before. */
    private static boolean isSignificant(JsonObject pod, @Nullable JsonObject old) {
        if (old == null) {
            return true;
        }
        JsonObject spec = pod.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        return !images(spec, "containers").equals(images(before, "containers"))
                || !images(spec, "initContainers").equals(images(before, "initContainers"))
                || addsEphemeral(spec, before);
    }

    private static List<String> images(JsonObject spec, String list) {
        return spec.objects(list).stream().map(each -> each.text("image")).toList();
    }

    private static boolean addsEphemeral(JsonObject spec, JsonObject before) {
        Map<String, String> known = new HashMap<>();
        before.objects("ephemeralContainers").forEach(each -> known.put(each.text("name"), each.text("image")));
        return spec.objects("ephemeralContainers").stream()
                .anyMatch(each -> !Objects.equals(known.get(each.text("name")), each.text("image")));
    }

    private void namespace(AdmissionRequest request, JsonObject namespace) {
        Policy policy = Policy.of(labels(namespace));
        JsonObject old = request.old();
        Policy before = old == null ? Policy.NONE : Policy.of(labels(old));
        if (!policy.errors().isEmpty() && !(old != null && policy.errors().equals(before.errors()))) {
            throw ApiStatus.invalid(request.resource().kind(), request.name(), policy.errors())
                    .exception();
        }
        SecurityLevel level = policy.enforce();
        boolean noStricter = level.equals(before.enforce())
                || level.strictness() == Strictness.PRIVILEGED
                || (level.minor() == before.enforce().minor()
                        && level.strictness().compareTo(before.enforce().strictness()) <= 0);
        if (old != null && !noStricter) {
            existing(request.name(), level).forEach(request.warnings());
        }
    }

    private static Map<String, String> labels(JsonObject namespace) {
        JsonObject labels = namespace.objectOrEmpty("metadata").object("labels");
        return labels == null ? Map.of() : labels.textMembers();
    }

    /** What there is to say of the pods that are there already. */
    private List<String> existing(String namespace, SecurityLevel level) {
        List<JsonObject> pods = oneOfEachControllerFirst(lookup.list("pods", namespace));
        Map<String, List<String>> byReason = new TreeMap<>();
        for (JsonObject pod : pods.subList(0, Math.min(pods.size(), PODS_MAX))) {
            List<Finding> findings = findings(pod, level);
            if (!findings.isEmpty()) {
                String reasons = findings.stream().map(Finding::reason).collect(Collectors.joining(", "));
                byReason.computeIfAbsent(reasons, each -> new ArrayList<>())
                        .add(pod.objectOrEmpty("metadata").text("name"));
            }
        }
        List<String> warnings = new ArrayList<>();
        if (pods.size() > PODS_MAX) {
            warnings.add("new PodSecurity enforce level only checked against the first " + PODS_MAX + " of "
                    + pods.size() + " existing pods");
        }
        if (!byReason.isEmpty()) {
            warnings.add("existing pods in namespace \"" + namespace + "\" violate the new PodSecurity enforce level \""
                    + level + "\"");
        }
        List<String> sentences = new ArrayList<>();
        byReason.forEach((reasons, names) -> {
            int others = names.size() - 1;
            String more = others == 0 ? "" : " (and " + others + " other " + SecuredPod.counted("pod", others) + ")";
            sentences.add(names.stream().min(String::compareTo).orElseThrow() + more + ": " + reasons);
        });
        sentences.sort(null);
        warnings.addAll(sentences);
        return warnings;
    }

    /** Pods of one controller are alike, so that one of them tells most. */
    private static List<JsonObject> oneOfEachControllerFirst(List<JsonObject> pods) {
        List<JsonObject> first = new ArrayList<>();
        List<JsonObject> others = new ArrayList<>();
        Set<String> controllers = new HashSet<>();
        for (JsonObject pod : pods) {
            boolean repeats = pod.objectOrEmpty("metadata").objects("ownerReferences").stream()
                    .filter(owner -> owner.flag("controller"))
                    .anyMatch(owner -> !controllers.add(owner.text("uid")));
            (repeats ? others : first).add(pod);
        }
        first.addAll(others);
        return first;
    }
}
