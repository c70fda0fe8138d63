// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.GoText;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the author of a pod should know although it is accepted. */
final class PodWarnings {
    private static final Map<String, String> DEPRECATED_LABELS = Map.of(
            "beta.kubernetes.io/arch", "v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region", "v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone", "v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type", "v1.17; use \"node.kubernetes.io/instance-type\" instead");
    private static final Map<String, String> DEPRECATED_VOLUMES = Map.of(
            "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
            "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
            "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
            "flocker", "deprecated in v1.22, non-functional in v1.25+",
            "storageos", "deprecated in v1.22, non-functional in v1.25+",
            "quobyte", "deprecated in v1.22, non-functional in v1.25+",
            "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
            "cephfs", "deprecated in v1.28, non-functional in v1.31+",
            "rbd", "deprecated in v1.28, non-functional in v1.31+");
    private static final List<String> AFFINITY_RULES = List.of(
            "requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution");

    private final List<String> warnings = new ArrayList<>();

    private PodWarnings() {}

    /** The warnings about {@code spec}, which stands at {@code path} of what was written. */
    static List<String> of(JsonObject spec, FieldPath path) {
        PodWarnings all = new PodWarnings();
        all.labels(spec, path);
        all.selectors(spec, path);
        all.volumes(spec, path.child("volumes"));
        all.names(spec, path);
        all.containers(spec, path);
        return all.warnings.isEmpty() ? List.of() : List.copyOf(all.warnings);
    }

    /** A way of storing that no longer works, for other kinds that name it too. */
    static String volumeDeprecation(String type) {
        return DEPRECATED_VOLUMES.getOrDefault(type, "");
    }

    private void labels(JsonObject spec, FieldPath path) {
        JsonObject selector = spec.object("nodeSelector");
        for (int i = 0; selector != null && i < selector.size(); i++) {
            String deprecated = DEPRECATED_LABELS.get(selector.nameAt(i));
            if (deprecated != null) {
                warnings.add(path.child("nodeSelector").key(selector.nameAt(i)) + ": deprecated since " + deprecated);
            }
        }
    }

    private void selectors(JsonObject spec, FieldPath path) {
        List<JsonObject> constraints = spec.objects("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            selector(constraints.get(i), path.child("topologySpreadConstraints").index(i));
        }
        JsonObject affinity = spec.object("affinity");
        if (affinity == null) {
            return;
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            for (String rules : AFFINITY_RULES) {
                List<JsonObject> terms = affinity.objectOrEmpty(kind).objects(rules);
                for (int i = 0; i < terms.size(); i++) {
                    FieldPath at = path.child("affinity", kind).child(rules).index(i);
                    JsonObject weighted = terms.get(i).object("podAffinityTerm");
                    if (weighted == null) {
                        selector(terms.get(i), at);
                    } else {
                        selector(weighted, at.child("podAffinityTerm"));
                    }
                }
            }
        }
    }

    private void selector(JsonObject rule, FieldPath path) {
        if (rule.object("labelSelector") == null) {
            warnings.add(path.child("labelSelector") + ": a null labelSelector results in matching no pod");
        }
    }

    private void volumes(JsonObject spec, FieldPath path) {
        List<JsonObject> volumes = spec.objects("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            JsonObject volume = volumes.get(i);
            for (int j = 0; j < volume.size(); j++) {
                String deprecated = DEPRECATED_VOLUMES.get(volume.nameAt(j));
                if (deprecated != null) {
                    String type = volume.nameAt(j).equals("storageos") ? "storageOS" : volume.nameAt(j);
                    warnings.add(path.index(i).child(type) + ": " + deprecated);
                }
            }
            for (JsonObject source : volume.objectOrEmpty("projected").objects("sources")) {
                if (source.isEmpty()) {
                    warnings.add(
                            "volume " + GoText.quote(volume.text("name")) + " (Projected) has no sources provided");
                }
            }
        }
    }

    private void names(JsonObject spec, FieldPath path) {
        Set<String> seen = new HashSet<>();
        List<JsonObject> secrets = spec.objects("imagePullSecrets");
        for (int i = 0; i < secrets.size(); i++) {
            String name = secrets.get(i).text("name");
            FieldPath at = path.child("imagePullSecrets").index(i);
            if (name.isEmpty()) {
                warnings.add(at.child("name") + ": invalid empty name " + GoText.quote(name));
            } else if (!seen.add(name)) {
                warnings.add(at.child("name") + ": duplicate name " + GoText.quote(name));
            }
        }
        Set<String> aliases = new HashSet<>();
        List<JsonObject> hosts = spec.objects("hostAliases");
        for (int i = 0; i < hosts.size(); i++) {
            if (!aliases.add(hosts.get(i).text("ip"))) {
                warnings.add(path.child("hostAliases").index(i).child("ip") + ": duplicate ip "
                        + GoText.quote(hosts.get(i).text("ip")));
            }
        }
    }

    private void containers(JsonObject spec, FieldPath path) {
        Map<String, FieldPath> ports = new HashMap<>();
        for (String list : List.of("initContainers", "containers")) {
            List<JsonObject> containers = spec.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                FieldPath at = path.child(list).index(i);
                resources(containers.get(i).object("resources"), at.child("resources"));
                environment(containers.get(i), at.child("env"));
                ports(containers.get(i), at.child("ports"), ports);
            }
        }
    }

    private void resources(@org.jspecify.annotations.Nullable JsonObject resources, FieldPath path) {
        if (resources == null || resources.isEmpty()) {
            return;
        }
        for (String kind : List.of("requests", "limits")) {
            JsonObject amounts = resources.objectOrEmpty(kind);
            for (String name : List.of("memory", "ephemeral-storage")) {
                String text = amounts.text(name);
                if (!text.isEmpty() && !isBytes(Quantity.orZero(amounts.get(name)))) {
                    warnings.add(path.child(kind).key(name) + ": fractional byte value " + GoText.quote(text)
                            + " is invalid, must be an integer");
                }
            }
        }
    }

    /** The original counts in thousandths with 64 bits, so that very many bytes seem broken to it. */
    private static boolean isBytes(Quantity quantity) {
        return quantity.isInteger()
                && quantity.value().movePointRight(3).abs().compareTo(java.math.BigDecimal.valueOf(Long.MAX_VALUE))
                        <= 0;
    }

    private void environment(JsonObject container, FieldPath path) {
        List<JsonObject> variables = container.objects("env");
        if (variables.size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            String name = variables.get(i).text("name");
            if (!seen.add(name)) {
                warnings.add(path.index(i) + ": hides previous definition of " + GoText.quote(name)
                        + ", which may be dropped when using apply");
            }
        }
    }

    private void ports(JsonObject container, FieldPath path, Map<String, FieldPath> seen) {
        List<JsonObject> ports = container.objects("ports");
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            FieldPath at = path.index(i);
            long host = port.number("hostPort", 0);
            String address = port.text("hostIP");
            if (!address.isEmpty() && host == 0) {
                warnings.add(at + ": hostIP set without hostPort: {Name:" + port.text("name")
                        + " HostPort:0 ContainerPort:"
                        + port.number("containerPort", 0) + " Protocol:" + port.text("protocol") + " HostIP:" + address
                        + "}");
            }
            String key = port.text("protocol") + "/" + port.number("containerPort", 0) + "/" + address + "/" + host;
            FieldPath first = seen.putIfAbsent(key, at);
            if (first != null) {
                warnings.add(at + ": duplicate port definition with " + first);
            }
        }
    }
}
