// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the containers of a pod. */
final class PodContainers {
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");

    /** Upstream's bounds for restart rules. */
    private static final int RULES_MAX = 20;

    private static final int EXIT_CODES_MAX = 255;

    /** What must not be set on a container that is put into a running pod, in upstream's order. */
    private static final List<String> NOT_EPHEMERAL = List.of(
            "lifecycle", "livenessProbe", "readinessProbe", "startupProbe", "ports", "resources", "resizePolicy");

    private final PodFacts pod;
    private final FieldPath specPath;
    private final FieldErrors errors;

    PodContainers(PodFacts pod, FieldPath specPath, FieldErrors errors) {
        this.pod = pod;
        this.specPath = specPath;
        this.errors = errors;
    }

    void validate() {
        validateRegular();
        validateInit();
        validateEphemeral();
    }

    private void validateRegular() {
        List<JsonObject> containers = pod.spec().objects("containers");
        FieldPath path = specPath.child("containers");
        if (containers.isEmpty()) {
            errors.required(path, "");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            JsonObject container = containers.get(i);
            FieldPath at = path.index(i);
            validateCommon(container, at);
            String name = container.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            validateRestartPolicy(container, at);
            PodProbes.validateLifecycle(
                    container.object("lifecycle"), pod.gracePeriod(), at.child("lifecycle"), errors);
            PodProbes.validateAll(container, pod.gracePeriod(), at, errors);
        }
        PodPorts.validateUniqueHostPorts(containers, path, errors);
    }

    private void validateInit() {
        List<JsonObject> containers = pod.spec().objects("initContainers");
        FieldPath path = specPath.child("initContainers");
        Set<String> names = new HashSet<>();
        for (JsonObject container : pod.spec().objects("containers")) {
            names.add(container.text("name"));
        }
        for (int i = 0; i < containers.size(); i++) {
            JsonObject container = containers.get(i);
            FieldPath at = path.index(i);
            validateCommon(container, at);
            validateRestartPolicy(container, at);
            String name = container.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            PodPorts.validateUniqueHostPorts(List.of(container), path, errors);
            if (container.text("restartPolicy").equals("Always")) {
                PodProbes.validateLifecycle(
                        container.object("lifecycle"), pod.gracePeriod(), at.child("lifecycle"), errors);
                PodProbes.validateAll(container, pod.gracePeriod(), at, errors);
            } else {
                for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
                    if (container.object(field) != null) {
                        errors.forbidden(
                                at.child(field), "may not be set for init containers without restartPolicy=Always");
                    }
                }
            }
        }
    }

    private void validateEphemeral() {
        List<JsonObject> containers = pod.spec().objects("ephemeralContainers");
        FieldPath path = specPath.child("ephemeralContainers");
        if (containers.isEmpty()) {
            return;
        }
        Set<String> others = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonObject container : pod.spec().objects(list)) {
                others.add(container.text("name"));
            }
        }
        Set<String> names = new HashSet<>(others);
        for (int i = 0; i < containers.size(); i++) {
            JsonObject container = containers.get(i);
            FieldPath at = path.index(i);
            validateCommon(container, at);
            String name = container.text("name");
            if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            String target = container.text("targetContainerName");
            if (!target.isEmpty() && !others.contains(target)) {
                errors.notFound(at.child("targetContainerName"), target);
            }
            for (String field : NOT_EPHEMERAL) {
                if (isSet(container, field)) {
                    errors.forbidden(at.child(field), "cannot be set for an Ephemeral Container");
                }
            }
            for (JsonObject mount : container.objects("volumeMounts")) {
                if (!mount.text("subPath").isEmpty()) {
                    errors.forbidden(
                            at.child("volumeMounts").child("subPath"), "cannot be set for an Ephemeral Container");
                }
            }
        }
    }

    private static boolean isSet(JsonObject container, String field) {
        if (container.get(field) instanceof JsonObject object) {
            return !object.isEmpty() || !field.equals("resources");
        }
        return !container.arrayOrEmpty(field).isEmpty();
    }

    private void validateCommon(JsonObject container, FieldPath path) {
        String name = container.text("name");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "");
        } else {
            errors.invalid(path.child("name"), name, Names.dnsLabel(name));
        }
        String image = container.text("image");
        if (!image.equals(image.strip())) {
            errors.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
        }
        if (image.isEmpty()) {
            errors.required(path.child("image"), "");
        }
        String messages = container.text("terminationMessagePolicy");
        if (messages.isEmpty()) {
            errors.required(path.child("terminationMessagePolicy"), "");
        } else {
            errors.oneOf(path.child("terminationMessagePolicy"), messages, MESSAGE_POLICIES);
        }
        PodPorts.validate(container.objects("ports"), path.child("ports"), errors);
        PodEnvironment.validate(container, path, pod, errors);
        PodMounts.validate(container, path, pod, errors);
        validatePullPolicy(container.text("imagePullPolicy"), path.child("imagePullPolicy"), errors);
        ResourceRequirements.validateContainer(
                container.objectOrEmpty("resources"), pod.claimNames(), path.child("resources"), errors);
        validateResizePolicy(container.objects("resizePolicy"), path.child("resizePolicy"));
        ContainerSecurity.validate(container.object("securityContext"), pod, path.child("securityContext"), errors);
    }

    static void validatePullPolicy(String policy, FieldPath path, FieldErrors errors) {
        if (policy.isEmpty()) {
            errors.required(path, "");
        } else {
            errors.oneOf(path, policy, PULL_POLICIES);
        }
    }

    private void validateResizePolicy(List<JsonObject> policies, FieldPath path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < policies.size(); i++) {
            JsonObject policy = policies.get(i);
            String resource = policy.text("resourceName");
            if (!seen.add(resource)) {
                errors.duplicate(path.index(i), resource);
            }
            if (resource.isEmpty()) {
                errors.required(path, "");
            } else {
                errors.oneOf(path, resource, RESIZABLE);
            }
            String restart = policy.text("restartPolicy");
            if (restart.isEmpty()) {
                errors.required(path, "");
            } else {
                errors.oneOf(path, restart, RESIZE_POLICIES);
            }
            if (pod.spec().text("restartPolicy").equals("Never") && !restart.equals("NotRequired")) {
                errors.invalid(path, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    private void validateRestartPolicy(JsonObject container, FieldPath path) {
        String policy = container.text("restartPolicy");
        List<JsonObject> rules = container.objects("restartPolicyRules");
        if (!policy.isEmpty()) {
            errors.oneOf(path.child("restartPolicy"), policy, RESTART_POLICIES);
        } else if (!rules.isEmpty()) {
            errors.required(path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
        }
        FieldPath rulesPath = path.child("restartPolicyRules");
        if (rules.size() > RULES_MAX) {
            errors.tooLong(rulesPath, RULES_MAX);
        }
        for (int i = 0; i < rules.size(); i++) {
            validateRestartRule(rules.get(i), rulesPath.index(i));
        }
    }

    private void validateRestartRule(JsonObject rule, FieldPath path) {
        errors.oneOf(path.child("action"), rule.text("action"), List.of("Restart", "RestartAllContainers"));
        JsonObject codes = rule.object("exitCodes");
        if (codes == null) {
            errors.required(path.child("exitCodes"), "must be specified");
            return;
        }
        FieldPath at = path.child("exitCodes");
        errors.oneOf(at.child("operator"), codes.text("operator"), List.of("In", "NotIn"));
        if (codes.arrayOrEmpty("values").size() > EXIT_CODES_MAX) {
            errors.tooLong(at.child("values"), EXIT_CODES_MAX);
        }
    }
}
