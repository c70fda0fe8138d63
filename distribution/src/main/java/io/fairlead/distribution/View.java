// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in the default namespace at one moment, as far as the demonstration shows it. */
record View(List<Deployment> deployments, List<Service> services, List<ReplicaSet> replicaSets, List<Pod> pods) {
    private static final Comparator<HasMetadata> BY_AGE = Comparator.comparing(
                    (HasMetadata object) -> object.getMetadata().getCreationTimestamp())
            .thenComparing(object -> object.getMetadata().getName());

    View {
        requireNonNull(deployments, "deployments");
        requireNonNull(services, "services");
        requireNonNull(replicaSets, "replicaSets");
        requireNonNull(pods, "pods");
    }

    static View of(KubernetesClient client) {
        return new View(
                client.apps().deployments().list().getItems(),
                client.services().list().getItems().stream()
                        .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
                        .toList(),
                client.apps().replicaSets().list().getItems(),
                client.pods().list().getItems());
    }

    /** Whether the Deployment {@code name} is what it should be, and nothing of what it was is left. */
    boolean complete(String name) {
        return deployments.stream()
                        .filter(each -> each.getMetadata().getName().equals(name))
                        .anyMatch(View::rolledOut)
                && pods.stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    private static boolean rolledOut(Deployment deployment) {
        int wanted = deployment.getSpec().getReplicas();
        DeploymentStatus status = deployment.getStatus();
        return Long.valueOf(or(status.getObservedGeneration(), 0L))
                        .equals(deployment.getMetadata().getGeneration())
                && or(status.getUpdatedReplicas(), 0) == wanted
                && or(status.getAvailableReplicas(), 0) == wanted
                && or(status.getReplicas(), 0) == wanted;
    }

    /** For each object's name, what there is to say of it. */
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Service service : services) {
            lines.put(
                    "service/" + service.getMetadata().getName(),
                    or(service.getSpec().getType(), "") + " "
                            + or(service.getSpec().getClusterIP(), ""));
        }
        for (Deployment deployment : deployments) {
            lines.put("deployment/" + deployment.getMetadata().getName(), about(deployment));
        }
        replicaSets.stream()
                .sorted(BY_AGE)
                .forEach(each -> lines.put("replicaset/" + each.getMetadata().getName(), about(each)));
        pods.stream()
                .sorted(BY_AGE)
                .forEach(each -> lines.put("pod/" + each.getMetadata().getName(), about(each)));
        return lines;
    }

    private static String about(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        return or(status.getReadyReplicas(), 0) + "/" + deployment.getSpec().getReplicas() + " ready, "
                + or(status.getUpdatedReplicas(), 0) + " up to date";
    }

    private static String about(ReplicaSet replicaSet) {
        return or(replicaSet.getStatus().getReadyReplicas(), 0) + "/"
                + replicaSet.getSpec().getReplicas() + " ready";
    }

    private static String about(Pod pod) {
        PodStatus status = pod.getStatus();
        String image = pod.getSpec().getContainers().getFirst().getImage();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating   " + image;
        }
        String where = Optional.ofNullable(pod.getSpec().getNodeName())
                .map(node -> " on " + node)
                .orElse("");
        String address =
                Optional.ofNullable(status.getPodIP()).map(ip -> " at " + ip).orElse("");
        return or(status.getPhase(), "Pending") + where + address + "   " + image;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
