// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSIDrivers. */
final class CsiDriverStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String TOKENS_IN_SECRETS = "serviceAccountTokenInSecrets";
    private static final long TOKEN_SECONDS_MIN = 10 * 60;
    private static final long TOKEN_SECONDS_MAX = 1L << 32;
    private static final int UPDATE_SECONDS_MIN = 10;

    CsiDriverStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject spec = object.child("spec");
        Defaults.pointer(spec, "attachRequired", true);
        Defaults.pointer(spec, "podInfoOnMount", false);
        Defaults.pointer(spec, "storageCapacity", false);
        Defaults.pointer(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        Defaults.pointer(spec, "requiresRepublish", false);
        Defaults.pointer(spec, "seLinuxMount", false);
        if (spec.arrayOrEmpty("volumeLifecycleModes").isEmpty()) {
            spec.put("volumeLifecycleModes", JsonArray.of(new JsonString("Persistent")));
        }
    }

    /** A driver is born without a generation; its changes are counted nevertheless. */
    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        if (wishChanged(next, old)) {
            JsonObject metadata = next.child("metadata");
            metadata.put("generation", metadata.number("generation") + 1);
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        errors.oneOf(
                SPEC.child("fsGroupPolicy"),
                spec.text("fsGroupPolicy"),
                List.of("File", "None", "ReadWriteOnceWithFSType"));
        for (String mode : spec.texts("volumeLifecycleModes")) {
            errors.oneOf(SPEC.child("volumeLifecycleModes"), mode, List.of("Persistent", "Ephemeral"));
        }
        validateTokens(spec.objects("tokenRequests"), SPEC.child("tokenRequests"), errors);
        long period = spec.number("nodeAllocatableUpdatePeriodSeconds", UPDATE_SECONDS_MIN);
        if (period < UPDATE_SECONDS_MIN) {
            errors.invalid(
                    SPEC.child("nodeAllocatableUpdatePeriodSeconds"),
                    period,
                    "must be greater than or equal to " + UPDATE_SECONDS_MIN + " seconds");
        }
        if (!Defaults.absent(spec, TOKENS_IN_SECRETS)
                && spec.arrayOrEmpty("tokenRequests").isEmpty()) {
            errors.invalid(
                    SPEC.child(TOKENS_IN_SECRETS),
                    spec.get(TOKENS_IN_SECRETS),
                    TOKENS_IN_SECRETS + " is set but no tokenRequests are specified");
        }
    }

    private static void validateTokens(List<JsonObject> tokens, FieldPath path, FieldErrors errors) {
        Set<String> audiences = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            JsonObject token = tokens.get(i);
            FieldPath at = path.index(i);
            if (!audiences.add(token.text("audience"))) {
                errors.duplicate(at.child("audience"), token.text("audience"));
                continue;
            }
            if (Defaults.absent(token, "expirationSeconds")) {
                continue;
            }
            long seconds = token.number("expirationSeconds");
            if (seconds < TOKEN_SECONDS_MIN) {
                errors.invalid(
                        at.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
            }
            if (seconds > TOKEN_SECONDS_MAX) {
                errors.invalid(
                        at.child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        JsonObject spec = next.objectOrEmpty("spec");
        JsonObject before = old.objectOrEmpty("spec");
        // The original's path has a slip of the pen.
        MetadataValidation.immutable(
                spec.get("attachRequired"), before.get("attachRequired"), SPEC.child("attachedRequired"), errors);
        MetadataValidation.immutable(
                spec.get("volumeLifecycleModes"),
                before.get("volumeLifecycleModes"),
                SPEC.child("volumeLifecycleModes"),
                errors);
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        JsonObject spec = next.objectOrEmpty("spec");
        boolean asks = !spec.arrayOrEmpty("tokenRequests").isEmpty();
        return asks && Defaults.absent(spec, TOKENS_IN_SECRETS)
                ? List.of("spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to"
                        + " prevent possible logging of tokens in volume attributes")
                : List.of();
    }

    /** Only creations are warned of. */
    @Override
    public List<String> warningsOnUpdate(Context context, JsonObject next, JsonObject old) {
        return List.of();
    }
}
