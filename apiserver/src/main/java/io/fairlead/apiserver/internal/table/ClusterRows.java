// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of nodes, certificates, roles, priorities and other things that a cluster has as a whole. */
final class ClusterRows {
    static final TableFormat.Printer FLOW_SCHEMA = ClusterRows::flowSchema;

    static final Map<String, TableFormat.Printer> PRINTERS = Map.ofEntries(
            Map.entry("/Node", ClusterRows::node),
            Map.entry("/ComponentStatus", ClusterRows::componentStatus),
            Map.entry("certificates.k8s.io/CertificateSigningRequest", ClusterRows::signingRequest),
            Map.entry("rbac.authorization.k8s.io/RoleBinding", ClusterRows::roleBinding),
            Map.entry("rbac.authorization.k8s.io/ClusterRoleBinding", ClusterRows::roleBinding),
            Map.entry("scheduling.k8s.io/PriorityClass", ClusterRows::priorityClass),
            Map.entry("node.k8s.io/RuntimeClass", ClusterRows::runtimeClass),
            Map.entry("coordination.k8s.io/Lease", ClusterRows::lease),
            Map.entry("flowcontrol.apiserver.k8s.io/FlowSchema", FLOW_SCHEMA),
            Map.entry("flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration", ClusterRows::priorityLevel),
            Map.entry("apiregistration.k8s.io/APIService", ClusterRows::apiService));

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE_LABEL = "kubernetes.io/role";

    private ClusterRows() {}

    private static void node(JsonObject object, Row row) {
        JsonObject status = object.objectOrEmpty("status");
        JsonObject info = status.objectOrEmpty("nodeInfo");
        String kernel = info.text("kernelVersion").isEmpty() ? Row.UNKNOWN : info.text("kernelVersion");
        String architecture = info.text("architecture");
        row.name(object)
                .text(nodeStatus(object, status))
                .textOr(String.join(",", roles(object)), Row.NONE)
                .age(object)
                .text(info.text("kubeletVersion"))
                .text(address(status, "InternalIP"))
                .text(address(status, "ExternalIP"))
                .textOr(info.text("osImage"), Row.UNKNOWN)
                .text(architecture.isEmpty() ? kernel : kernel + " (" + architecture + ")")
                .textOr(info.text("containerRuntimeVersion"), Row.UNKNOWN);
    }

    private static String nodeStatus(JsonObject object, JsonObject status) {
        String text = "Unknown";
        for (JsonObject condition : status.objects("conditions")) {
            if (condition.text("type").equals("Ready")) {
                text = condition.text("status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return object.objectOrEmpty("spec").flag("unschedulable") ? text + ",SchedulingDisabled" : text;
    }

    private static Set<String> roles(JsonObject object) {
        Set<String> roles = new TreeSet<>();
        object.objectOrEmpty("metadata").objectOrEmpty("labels").textMembers().forEach((name, value) -> {
            String role = name.startsWith(ROLE_PREFIX)
                    ? name.substring(ROLE_PREFIX.length())
                    : name.equals(ROLE_LABEL) ? value : "";
            if (!role.isEmpty()) {
                roles.add(role);
            }
        });
        return roles;
    }

    private static String address(JsonObject status, String type) {
        for (JsonObject address : status.objects("addresses")) {
            if (address.text("type").equals(type)) {
                return address.text("address");
            }
        }
        return Row.NONE;
    }

    private static void componentStatus(JsonObject object, Row row) {
        for (JsonObject condition : object.objects("conditions")) {
            if (condition.text("type").equals("Healthy")) {
                row.name(object)
                        .text(condition.text("status").equals("True") ? "Healthy" : "Unhealthy")
                        .text(condition.text("message"))
                        .text(condition.text("error"));
                return;
            }
        }
        row.name(object).text("Unknown").text("").text("");
    }

    private static void signingRequest(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        long seconds = spec.number("expirationSeconds", -1);
        row.name(object)
                .age(object)
                .textOr(spec.text("signerName"), Row.NONE)
                .text(spec.text("username"))
                .text(seconds < 0 ? Row.NONE : HumanDuration.text(Duration.ofSeconds(seconds)))
                .text(signingStatus(object.objectOrEmpty("status")));
    }

    private static String signingStatus(JsonObject status) {
        List<String> types = status.objects("conditions").stream()
                .map(condition -> condition.text("type"))
                .toList();
        String text = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending";
        text += types.contains("Failed") ? ",Failed" : "";
        return status.text("certificate").isEmpty() ? text : text + ",Issued";
    }

    private static void roleBinding(JsonObject object, Row row) {
        JsonObject role = object.objectOrEmpty("roleRef");
        List<String> users = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<String> accounts = new ArrayList<>();
        for (JsonObject subject : object.objects("subjects")) {
            switch (subject.text("kind")) {
                case "User" -> users.add(subject.text("name"));
                case "Group" -> groups.add(subject.text("name"));
                case "ServiceAccount" -> accounts.add(subject.text("namespace") + "/" + subject.text("name"));
                default -> {
                    // Of no kind that has a column.
                }
            }
        }
        row.name(object)
                .text(role.text("kind") + "/" + role.text("name"))
                .age(object)
                .text(String.join(", ", users))
                .text(String.join(", ", groups))
                .text(String.join(", ", accounts));
    }

    private static void priorityClass(JsonObject object, Row row) {
        row.name(object)
                .number(object.number("value"))
                .flag(object.flag("globalDefault"))
                .age(object)
                .text(object.text("preemptionPolicy"));
    }

    private static void runtimeClass(JsonObject object, Row row) {
        row.name(object).text(object.text("handler")).age(object);
    }

    private static void lease(JsonObject object, Row row) {
        row.name(object)
                .text(object.objectOrEmpty("spec").text("holderIdentity"))
                .age(object);
    }

    private static void flowSchema(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject method = spec.object("distinguisherMethod");
        String dangling = "?";
        for (JsonObject condition : object.objectOrEmpty("status").objects("conditions")) {
            if (condition.text("type").equals("Dangling")) {
                dangling = condition.text("status");
                break;
            }
        }
        row.name(object)
                .text(spec.objectOrEmpty("priorityLevelConfiguration").text("name"))
                .number(spec.number("matchingPrecedence"))
                .text(method == null ? Row.NONE : method.text("type"))
                .age(object)
                .text(dangling);
    }

    private static void priorityLevel(JsonObject object, Row row) {
        JsonObject spec = object.objectOrEmpty("spec");
        JsonObject limited = spec.object("limited");
        JsonObject queuing =
                limited == null ? null : limited.objectOrEmpty("limitResponse").object("queuing");
        row.name(object).text(spec.text("type"));
        if (limited == null) {
            row.text(Row.NONE);
        } else {
            row.number(limited.number("nominalConcurrencyShares"));
        }
        for (String member : List.of("queues", "handSize", "queueLengthLimit")) {
            if (queuing == null) {
                row.text(Row.NONE);
            } else {
                row.number(queuing.number(member));
            }
        }
        row.age(object);
    }

    private static void apiService(JsonObject object, Row row) {
        JsonObject service = object.objectOrEmpty("spec").object("service");
        String available = "Unknown";
        for (JsonObject condition : object.objectOrEmpty("status").objects("conditions")) {
            if (condition.text("type").equals("Available")) {
                available = condition.text("status");
                if (!available.equals("True") && !condition.text("reason").isEmpty()) {
                    available += " (" + condition.text("reason") + ")";
                }
                break;
            }
        }
        row.name(object)
                .text(service == null ? "Local" : service.text("namespace") + "/" + service.text("name"))
                .text(available)
                .age(object);
    }
}
