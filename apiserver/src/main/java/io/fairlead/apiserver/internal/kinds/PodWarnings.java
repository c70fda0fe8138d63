// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    private static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final Map<String, String> DEPRECATED_ANNOTATIONS = new LinkedHashMap<>();

    static {
        DEPRECATED_ANNOTATIONS.put(
                "scheduler.alpha.kubernetes.io/critical-pod",
                "non-functional in v1.16+; use the \"priorityClassName\" field instead");
        for (String sysctls : List.of("sysctls", "unsafe-sysctls")) {
            DEPRECATED_ANNOTATIONS.put(
                    "security.alpha.kubernetes.io/" + sysctls,
                    "non-functional in v1.11+; use the \"sysctls\" field instead");
        }
    }

    private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String SECCOMP = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    private static final String APP_ARMOR_OF_CONTAINER = "container.apparmor.security.beta.kubernetes.io/";
    private static final String APP_ARMOR = "deprecated since v1.30; use the \"appArmorProfile\" field instead";

    private final List<String> warnings = new ArrayList<>();
    private final JsonObject spec;
    private final JsonObject annotations;
    private final FieldPath path;
    private final FieldPath annotationsPath;
    private final boolean template;

    private PodWarnings(JsonObject pod, FieldPath spec, FieldPath metadata, boolean template) {
        this.spec = pod.objectOrEmpty("spec");
        this.annotations = pod.objectOrEmpty("metadata").objectOrEmpty("annotations");
        this.path = spec;
        this.annotationsPath = metadata.child("annotations");
        this.template = template;
    }

    /** The warnings about {@code pod}. */
    static List<String> ofPod(JsonObject pod) {
        return new PodWarnings(pod, FieldPath.of("spec"), FieldPath.of("metadata"), false).all();
    }

    /** The warnings about {@code template}, which stands at {@code path} of what was written. */
    static List<String> ofTemplate(JsonObject template, FieldPath path) {
        return new PodWarnings(template, path.child("spec"), path.child("metadata"), true).all();
    }

    /** In upstream's order. */
    private List<String> all() {
        labels();
        spreading();
        annotations();
        volumes(path.child("volumes"));
        tokenPaths(path.child("volumes"));
        names();
        amounts(spec.objectOrEmpty("overhead"), path.child("overhead"), "memory");
        amounts(spec.objectOrEmpty("overhead"), path.child("overhead"), "ephemeral-storage");
        containers();
        if (spec.number("terminationGracePeriodSeconds", 0) < 0) {
            warnings.add(path.child("terminationGracePeriodSeconds")
                    + ": must be >= 0; negative values are invalid and will be treated as 1");
        }
        affinity();
        return warnings.isEmpty() ? List.of() : List.copyOf(warnings);
    }

    /** A way of storing that no longer works, for other kinds that name it too. */
    static String volumeDeprecation(String type) {
        return DEPRECATED_VOLUMES.getOrDefault(type, "");
    }

    private void labels() {
        JsonObject selector = spec.object("nodeSelector");
        for (int i = 0; selector != null && i < selector.size(); i++) {
            String deprecated = DEPRECATED_LABELS.get(selector.nameAt(i));
            if (deprecated != null) {
                warnings.add(path.child("nodeSelector").key(selector.nameAt(i)) + ": deprecated since " + deprecated);
            }
        }
        JsonObject rules = spec.objectOrEmpty("affinity").objectOrEmpty("nodeAffinity");
        FieldPath at = path.child("affinity", "nodeAffinity");
        List<JsonObject> terms = rules.objectOrEmpty(AFFINITY_RULES.get(0)).objects("nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            term(
                    terms.get(i),
                    at.child(AFFINITY_RULES.get(0), "nodeSelectorTerms").index(i));
        }
        List<JsonObject> preferred = rules.objects(AFFINITY_RULES.get(1));
        for (int i = 0; i < preferred.size(); i++) {
            term(
                    preferred.get(i).objectOrEmpty("preference"),
                    at.child(AFFINITY_RULES.get(1)).index(i).child("preference"));
        }
    }

    private void term(JsonObject term, FieldPath at) {
        List<JsonObject> expressions = term.objects("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            label(
                    expressions.get(i).text("key"),
                    at.child("matchExpressions").index(i).child("key"));
        }
    }

    private void label(String key, FieldPath at) {
        String deprecated = DEPRECATED_LABELS.get(key);
        if (deprecated != null) {
            warnings.add(at + ": " + key + " is deprecated since " + deprecated);
        }
    }

    private void spreading() {
        List<JsonObject> constraints = spec.objects("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            FieldPath at = path.child("topologySpreadConstraints").index(i);
            label(constraints.get(i).text("topologyKey"), at.child("topologyKey"));
            selector(constraints.get(i), at);
        }
    }

    private void annotations() {
        DEPRECATED_ANNOTATIONS.forEach((key, instead) -> annotation(key, instead));
    }

    private void annotation(String key, String instead) {
        if (annotations.has(key)) {
            warnings.add(annotationsPath.key(key) + ": " + instead);
        }
    }

    private void affinity() {
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

    private void volumes(FieldPath path) {
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

    /** Files of one projected volume that would take the place of a token. */
    private void tokenPaths(FieldPath at) {
        Set<String> tokens = new HashSet<>();
        List<JsonObject> volumes = spec.objects("volumes");
        for (JsonObject volume : volumes) {
            for (JsonObject source : volume.objectOrEmpty("projected").objects("sources")) {
                JsonObject token = source.object("serviceAccountToken");
                if (token != null) {
                    tokens.add(token.text("path"));
                }
            }
        }
        for (int i = 0; i < volumes.size() && !tokens.isEmpty(); i++) {
            FieldPath sources = at.index(i).child("projected", "sources");
            for (JsonObject source : volumes.get(i).objectOrEmpty("projected").objects("sources")) {
                items(source.objectOrEmpty("configMap"), tokens, sources.child("configMap"));
                items(source.objectOrEmpty("secret"), tokens, sources.child("secrets"));
                items(source.objectOrEmpty("downwardAPI"), tokens, sources.child("downwardAPI"));
                sameAsToken(source.objectOrEmpty("clusterTrustBundle"), tokens, sources.child("ClusterTrustBundle"));
            }
        }
    }

    private void items(JsonObject source, Set<String> tokens, FieldPath at) {
        List<JsonObject> items = source.objects("items");
        for (int i = 0; i < items.size(); i++) {
            sameAsToken(items.get(i), tokens, at.index(i));
        }
    }

    private void sameAsToken(JsonObject file, Set<String> tokens, FieldPath at) {
        if (file.has("path") && tokens.contains(file.text("path"))) {
            warnings.add(at + ": has duplicated path with ServiceAccountToken " + GoText.quote(file.text("path")));
        }
    }

    private void names() {
        duplicates("hostAliases", "ip");
        duplicates("imagePullSecrets", "name");
        List<JsonObject> secrets = spec.objects("imagePullSecrets");
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i).text("name").isEmpty()) {
                warnings.add(path.child("imagePullSecrets").index(i).child("name") + ": invalid empty name \"\"");
            }
        }
    }

    private void duplicates(String list, String field) {
        Set<String> seen = new HashSet<>();
        List<JsonObject> items = spec.objects(list);
        for (int i = 0; i < items.size(); i++) {
            String value = items.get(i).text(field);
            if (!seen.add(value)) {
                warnings.add(
                        path.child(list).index(i).child(field) + ": duplicate " + field + " " + GoText.quote(value));
            }
        }
    }

    private void containers() {
        if (spec.objectOrEmpty("securityContext").object("seccompProfile") == null) {
            annotation(SECCOMP_OF_POD, SECCOMP);
        }
        for (String list : CONTAINER_LISTS) {
            List<JsonObject> containers = spec.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                container(containers.get(i), path.child(list).index(i));
            }
        }
        Map<String, List<Port>> ports = new HashMap<>();
        for (String list : CONTAINER_LISTS) {
            List<JsonObject> containers = spec.objects(list);
            for (int i = 0; i < containers.size(); i++) {
                ports(containers.get(i), path.child(list).index(i).child("ports"), ports);
            }
        }
    }

    private void container(JsonObject container, FieldPath at) {
        JsonObject security = container.objectOrEmpty("securityContext");
        if (security.object("seccompProfile") == null) {
            annotation(SECCOMP_OF_CONTAINER + container.text("name"), SECCOMP);
        }
        boolean armored = security.object("appArmorProfile") != null
                || spec.objectOrEmpty("securityContext").object("appArmorProfile") != null;
        if (template && !armored) {
            annotation(APP_ARMOR_OF_CONTAINER + container.text("name"), APP_ARMOR);
        }
        JsonObject resources = container.objectOrEmpty("resources");
        for (String name : List.of("memory", "ephemeral-storage")) {
            for (String kind : List.of("limits", "requests")) {
                amounts(resources.objectOrEmpty(kind), at.child("resources", kind), name);
            }
        }
        environment(container, at.child("env"));
    }

    private void amounts(JsonObject amounts, FieldPath at, String name) {
        String text = amounts.text(name);
        if (!text.isEmpty() && !isBytes(Quantity.orZero(amounts.get(name)))) {
            warnings.add(
                    at.key(name) + ": fractional byte value " + GoText.quote(text) + " is invalid, must be an integer");
        }
    }

    /** The original counts in thousandths with 64 bits, so that very many bytes seem broken to it. */
    private static boolean isBytes(Quantity quantity) {
        return quantity.isInteger()
                && quantity.value().movePointRight(3).abs().compareTo(java.math.BigDecimal.valueOf(Long.MAX_VALUE))
                        <= 0;
    }

    private void environment(JsonObject container, FieldPath at) {
        List<JsonObject> variables = container.objects("env");
        if (variables.size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            JsonObject variable = variables.get(i);
            String name = variable.text("name");
            String reference = "$(" + name + ")";
            String value = variable.text("value");
            boolean builtOnIt =
                    variable.object("valueFrom") == null && value.contains(reference) && !value.equals(reference);
            if (!seen.add(name) && !builtOnIt) {
                warnings.add(at.index(i) + ": hides previous definition of " + GoText.quote(name)
                        + ", which may be dropped when using apply");
            }
        }
    }

    /** A port that a container says it has. */
    private record Port(FieldPath path, String address, long host) {}

    private void ports(JsonObject container, FieldPath path, Map<String, List<Port>> seen) {
        List<JsonObject> ports = container.objects("ports");
        for (int i = 0; i < ports.size(); i++) {
            JsonObject port = ports.get(i);
            Port now = new Port(path.index(i), port.text("hostIP"), port.number("hostPort", 0));
            if (!now.address.isEmpty() && now.host == 0) {
                warnings.add(now.path + ": hostIP set without hostPort: {Name:" + port.text("name")
                        + " HostPort:0 ContainerPort:" + port.number("containerPort", 0) + " Protocol:"
                        + port.text("protocol") + " HostIP:" + now.address + "}");
            }
            List<Port> same = seen.computeIfAbsent(
                    port.number("containerPort", 0) + "/" + port.text("protocol"), each -> new ArrayList<>());
            for (Port before : same) {
                String problem = clash(now, before);
                if (!problem.isEmpty()) {
                    warnings.add(now.path + ": " + problem + " port definition with " + before.path);
                }
            }
            same.add(now);
        }
    }

    private static String clash(Port now, Port before) {
        if (now.host == before.host && now.address.equals(before.address)) {
            return "duplicate";
        }
        if (now.host == 0 || before.host == 0) {
            return "overlapping";
        }
        boolean oneOpen = now.address.isEmpty() != before.address.isEmpty();
        return now.host == before.host && oneOpen ? "dangerously ambiguous" : "";
    }
}
