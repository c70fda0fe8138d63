// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.NameRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services. Their addresses and node ports are settled and allocated before this strategy sees them. */
final class ServiceStrategy extends GenericStrategy {
    /** Three hours; upstream's number. */
    private static final long AFFINITY_SECONDS = 3 * 60 * 60;

    ServiceStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    NameRule nameRule() {
        return NameRule.LABEL;
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        Defaults.text(spec, "sessionAffinity", "None");
        if (spec.text("sessionAffinity").equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (spec.text("sessionAffinity").equals("ClientIP")) {
            Defaults.pointer(spec.child("sessionAffinityConfig").child("clientIP"), "timeoutSeconds", AFFINITY_SECONDS);
        }
        Defaults.text(spec, "type", "ClusterIP");
        for (JsonObject port : spec.objects("ports")) {
            Defaults.text(port, "protocol", "TCP");
            if (isUnset(port.get("targetPort"))) {
                port.put("targetPort", port.number("port", 0));
            }
        }
        if (ServiceFacts.externallyAccessible(object)) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (ServiceFacts.needsClusterIp(object)) {
            Defaults.pointer(spec, "internalTrafficPolicy", "Cluster");
        }
        if (ServiceFacts.type(object).equals("LoadBalancer")) {
            Defaults.pointer(spec, "allocateLoadBalancerNodePorts", true);
            JsonObject balancer = object.objectOrEmpty("status").objectOrEmpty("loadBalancer");
            for (JsonObject ingress : balancer.objects("ingress")) {
                if (!ingress.text("ip").isEmpty()) {
                    Defaults.pointer(ingress, "ipMode", "VIP");
                }
            }
        }
    }

    private static boolean isUnset(@Nullable JsonValue port) {
        return port == null
                || (port instanceof JsonNumber number && number.longValue() == 0)
                || (port instanceof JsonString name && name.value().isEmpty());
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        dropWhatTheOldTypeNeeded(next, old);
        if (ServiceFacts.type(old).equals("LoadBalancer")
                && !ServiceFacts.type(next).equals("LoadBalancer")) {
            next.child("status").put("loadBalancer", new JsonObject());
        }
    }

    /** Fields that only the old type needs, and that the client left as they were, go with it. */
    private static void dropWhatTheOldTypeNeeded(JsonObject next, JsonObject old) {
        JsonObject spec = next.child("spec");
        JsonObject before = old.objectOrEmpty("spec");
        if (ServiceFacts.needsClusterIp(old) && !ServiceFacts.needsClusterIp(next)) {
            dropIfSame("clusterIPs", spec, before);
            dropIfSame("clusterIP", spec, before);
            dropIfSame("ipFamilies", spec, before);
            dropIfSame("ipFamilyPolicy", spec, before);
            dropIfSame("internalTrafficPolicy", spec, before);
        }
        if (ServiceFacts.needsNodePort(old) && !ServiceFacts.needsNodePort(next)) {
            List<Long> ports = nodePorts(spec);
            if (ports.equals(nodePorts(before))) {
                spec.objects("ports").forEach(port -> port.remove("nodePort"));
            }
        }
        if (ServiceFacts.needsHealthCheckPort(old) && !ServiceFacts.needsHealthCheckPort(next)) {
            dropIfSame("healthCheckNodePort", spec, before);
        }
        if (ServiceFacts.type(old).equals("LoadBalancer")
                && !ServiceFacts.type(next).equals("LoadBalancer")) {
            dropIfSame("allocateLoadBalancerNodePorts", spec, before);
            dropIfSame("loadBalancerClass", spec, before);
        }
        if (ServiceFacts.externallyAccessible(old) && !ServiceFacts.externallyAccessible(next)) {
            dropIfSame("externalTrafficPolicy", spec, before);
        }
    }

    private static List<Long> nodePorts(JsonObject spec) {
        return spec.objects("ports").stream()
                .map(port -> port.number("nodePort", 0))
                .toList();
    }

    private static void dropIfSame(String field, JsonObject spec, JsonObject before) {
        if (same(spec.get(field), before.get(field))) {
            spec.remove(field);
        }
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        ServiceValidation.validate(object, errors);
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        ServiceValidation.validateChange(next, old, errors);
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        ServiceValidation.validateStatus(next, errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        return ServiceWarnings.of(next);
    }
}
