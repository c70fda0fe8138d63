// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The managed fields of a {@code Scale}, which is a view of another object: who owns the number of replicas there, owns it
 * here.
 *
 * <p>Pure; any thread may call it.
 */
public final class ScaleFields {
    private static final String SCALE_VERSION = "autoscaling/v1";
    private static final String REPLICAS = "spec.replicas";

    private final String apiVersion;
    private final Map<String, String> replicasPaths;

    /**
     * The scale of a resource.
     *
     * @param apiVersion of the request's resource, such as {@code apps/v1}
     * @param replicasPaths for each served version of the resource, where its objects have the number of replicas, such as
     *     {@code spec.replicas}; empty if they have none
     */
    public ScaleFields(String apiVersion, Map<String, String> replicasPaths) {
        this.apiVersion = requireNonNull(apiVersion, "apiVersion");
        this.replicasPaths = Map.copyOf(replicasPaths);
    }

    /** Gives {@code scale} the managed fields that follow from those of {@code parent}. */
    public void toScale(JsonObject parent, JsonObject scale) {
        Managers owners = Managers.none();
        for (ManagerEntry entry : read(parent).entries()) {
            if (ownsReplicas(entry)) {
                owners.put(entry.in(SCALE_VERSION).owning(FieldSet.ofPaths(List.of(REPLICAS))));
            }
        }
        owners.writeTo(scale);
    }

    /**
     * Gives {@code next} the managed fields of {@code parent}, with the number of replicas owned as {@code scale} says after
     * it was written.
     */
    public void toParent(JsonObject parent, JsonObject scale, JsonObject next) {
        List<ManagerEntry> scalers = new ArrayList<>(read(scale).entries());
        Managers owners = Managers.none();
        for (ManagerEntry entry : read(parent).entries()) {
            if (!replicasPaths.containsKey(entry.apiVersion())) {
                continue;
            }
            ManagerEntry kept = entry;
            if (ownsReplicas(entry)) {
                boolean still = scalers.removeIf(each -> sameScaler(each, entry));
                kept = still ? entry : entry.owning(entry.fields().difference(replicas(entry.apiVersion())));
            }
            if (!kept.fields().isEmpty()) {
                owners.put(kept);
            }
        }
        for (ManagerEntry scaler : scalers) {
            if (scaler.fields().intersects(FieldSet.ofPaths(List.of(REPLICAS)))) {
                ManagerEntry entry = inParent(scaler, parent);
                FieldSet before = owners.find(entry).map(ManagerEntry::fields).orElse(FieldSet.EMPTY);
                owners.put(entry.owning(entry.fields().union(before)));
            }
        }
        owners.writeTo(next);
    }

    private ManagerEntry inParent(ManagerEntry scaler, JsonObject parent) {
        ManagerEntry entry = scaler.in(apiVersion).owning(replicas(apiVersion)).at("");
        // As in the original, its time is that of an entry of the same manager in the parent, which there seldom is.
        Optional<ManagerEntry> before = read(parent).entries().stream()
                .filter(each -> sameScaler(scaler, each))
                .findFirst();
        return before.map(each -> entry.at(each.time())).orElse(entry);
    }

    /** Whether both are entries of one manager; the version of the scale stands for each version of the parent. */
    private static boolean sameScaler(ManagerEntry scaler, ManagerEntry entry) {
        return scaler.manager().equals(entry.manager())
                && scaler.operation().equals(entry.operation())
                && scaler.subresource().equals(entry.subresource());
    }

    private boolean ownsReplicas(ManagerEntry entry) {
        return entry.fields().intersects(replicas(entry.apiVersion()));
    }

    private FieldSet replicas(String version) {
        String path = replicasPaths.getOrDefault(version, "");
        return path.isEmpty() ? FieldSet.EMPTY : FieldSet.ofPaths(List.of(path));
    }

    private static Managers read(JsonObject object) {
        try {
            return Managers.of(object);
        } catch (MalformedFieldsException e) {
            return Managers.none();
        }
    }
}
