// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.io.IOException;

/** An entry of {@code metadata.ownerReferences}. */
@Api(Api.Status.EXPERIMENTAL)
public record OwnerReference(
        String apiVersion, String kind, String name, String uid, boolean controller, boolean blockOwnerDeletion) {
    public OwnerReference {
        requireNonNull(apiVersion, "apiVersion");
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
    }

    /** The reference that makes {@code owner} the controller of what carries it, and lets foreground deletion wait for that. */
    public static OwnerReference controller(ResourceType ownerType, ObjectMetadata owner) {
        return new OwnerReference(ownerType.apiVersion(), ownerType.kind(), owner.name(), owner.uid(), true, true);
    }

    /** The API group of the owner; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    static OwnerReference read(JsonCursor json) throws IOException {
        String apiVersion = "";
        String kind = "";
        String name = "";
        String uid = "";
        boolean controller = false;
        boolean blockOwnerDeletion = false;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "apiVersion" -> apiVersion = json.text();
                case "kind" -> kind = json.text();
                case "name" -> name = json.text();
                case "uid" -> uid = json.text();
                case "controller" -> controller = json.bool();
                case "blockOwnerDeletion" -> blockOwnerDeletion = json.bool();
                default -> json.skip();
            }
        }
        return new OwnerReference(apiVersion, kind, name, uid, controller, blockOwnerDeletion);
    }
}
