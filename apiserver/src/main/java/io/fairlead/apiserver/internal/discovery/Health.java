// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /healthz}, {@code /livez} and {@code /readyz} with their checks.
 *
 * <p>The checks have the names of the original's, because probes and tools ask for them one by one. A server that answers at
 * all has done what most of them check, so they pass.
 */
final class Health {
    private static final List<String> START = List.of(
            "start-apiserver-admission-initializer",
            "generic-apiserver-start-informers",
            "priority-and-fairness-config-consumer",
            "priority-and-fairness-filter",
            "storage-object-count-tracker-hook",
            "start-apiextensions-informers",
            "start-apiextensions-controllers",
            "crd-informer-synced",
            "start-system-namespaces-controller",
            "peer-endpoint-reconciler-controller",
            "start-cluster-authentication-info-controller",
            "start-kube-apiserver-identity-lease-controller",
            "start-kube-apiserver-identity-lease-garbage-collector",
            "storage-readiness",
            "start-legacy-token-tracking-controller",
            "start-service-ip-repair-controllers",
            "rbac/bootstrap-roles",
            "scheduling/bootstrap-system-priority-classes",
            "priority-and-fairness-config-producer",
            "bootstrap-controller",
            "start-kubernetes-service-cidr-controller",
            "aggregator-reload-proxy-client-cert",
            "start-kube-aggregator-informers",
            "apiservice-status-local-available-controller",
            "apiservice-status-remote-available-controller",
            "apiservice-registration-controller",
            "apiservice-discovery-controller",
            "kube-apiserver-autoregistration",
            "autoregister-completion",
            "apiservice-openapi-controller",
            "apiservice-openapiv3-controller");

    private Health() {}

    /** The names of the three kinds of health. */
    static final List<String> ENDPOINTS = List.of("healthz", "livez", "readyz");

    /** What the checks of {@code endpoint} are called, in their order. */
    static List<String> checks(String endpoint) {
        List<String> checks = new ArrayList<>();
        if (endpoint.equals("readyz")) {
            checks.addAll(List.of("ping", "log", "etcd", "etcd-readiness", "informer-sync"));
        } else {
            checks.addAll(List.of("ping", "log", "loopback-serving-certificate", "etcd"));
        }
        for (String hook : START) {
            checks.add(hook.equals("autoregister-completion") ? hook : "poststarthook/" + hook);
        }
        if (endpoint.equals("readyz")) {
            checks.add("shutdown");
        }
        return checks;
    }

    /** The text at {@code path}, such as {@code /readyz} or {@code /readyz/etcd}; empty if there is no such check. */
    static Optional<String> answer(String path, boolean verbose, List<String> excluded) {
        for (String endpoint : ENDPOINTS) {
            if (path.equals("/" + endpoint)) {
                return Optional.of(verbose ? words(endpoint, excluded) : "ok");
            }
            if (path.startsWith("/" + endpoint + "/")) {
                String check = path.substring(endpoint.length() + 2);
                return checks(endpoint).contains(check) ? Optional.of("ok") : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String words(String endpoint, List<String> excluded) {
        StringBuilder text = new StringBuilder();
        List<String> checks = checks(endpoint);
        for (String check : checks) {
            text.append("[+]").append(check).append(excluded.contains(check) ? " excluded: ok\n" : " ok\n");
        }
        List<String> unknown = excluded.stream()
                .filter(name -> !checks.contains(name))
                .map(name -> "\"" + name + "\"")
                .toList();
        if (!unknown.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(String.join(",", unknown))
                    .append('\n');
        }
        return text.append(endpoint).append(" check passed\n").toString();
    }
}
