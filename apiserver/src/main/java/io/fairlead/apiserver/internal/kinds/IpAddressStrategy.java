// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.NameRule;
import io.fairlead.apiserver.internal.validation.Names;

/** IPAddresses: each is named as the address that its parent has taken. */
final class IpAddressStrategy extends GenericStrategy {
    private static final FieldPath PARENT = FieldPath.of("spec").child("parentRef");

    IpAddressStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    NameRule nameRule() {
        return (name, prefix) -> Addresses.canonicalAddress(name);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject parent = object.objectOrEmpty("spec").object("parentRef");
        if (parent == null) {
            errors.required(PARENT, "");
            return;
        }
        String group = parent.text("group");
        if (!group.isEmpty()) {
            errors.invalid(PARENT.child("group"), group, Names.dnsSubdomain(group));
        }
        validatePart(parent, "resource", true, errors);
        validatePart(parent, "name", true, errors);
        validatePart(parent, "namespace", false, errors);
    }

    private static void validatePart(JsonObject parent, String field, boolean required, FieldErrors errors) {
        String value = parent.text(field);
        if (!value.isEmpty()) {
            errors.invalid(PARENT.child(field), value, Names.pathSegment(value));
        } else if (required) {
            errors.required(PARENT.child(field), "");
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject parent = next.objectOrEmpty("spec").object("parentRef");
        if (!same(parent, old.objectOrEmpty("spec").get("parentRef"))) {
            errors.invalid(
                    PARENT,
                    parent == null ? JsonNull.NULL : GoStructs.of("ParentReference", parent),
                    "field is immutable");
        }
    }
}
