// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.NameRule;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** Namespaces: their finalizer, their phase, and the label with their name. */
public final class NamespaceStrategy extends GenericStrategy {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";

    NamespaceStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    NameRule nameRule() {
        return NameRule.LABEL;
    }

    @Override
    public void setDefaults(JsonObject object) {
        JsonObject metadata = object.child("metadata");
        String name = metadata.text("name");
        // Without a name, before one is generated, there is nothing to label.
        if (!name.isEmpty()) {
            metadata.child("labels").put(NAME_LABEL, name);
        }
        JsonObject status = object.child("status");
        if (status.text("phase").isEmpty()) {
            status.put("phase", "Active");
        }
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        next.put("status", new JsonObject().put("phase", "Active"));
        JsonArray finalizers = next.child("spec").childArray("finalizers");
        if (!finalizers.texts().contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        // Finalizers of the spec go through the subresource finalize only.
        copy("spec", old, next);
    }

    @Override
    public void canonicalize(JsonObject object) {
        JsonObject metadata = object.child("metadata");
        JsonObject labels = metadata.child("labels");
        if (!labels.has(NAME_LABEL) || !labels.text(NAME_LABEL).equals(metadata.text("name"))) {
            labels.put(NAME_LABEL, metadata.text("name"));
        }
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        FieldPath path = FieldPath.of("spec").child("finalizers");
        for (String finalizer : object.objectOrEmpty("spec").texts("finalizers")) {
            validateFinalizer(finalizer, path, errors);
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        String phase = next.objectOrEmpty("status").text("phase");
        boolean terminating = next.objectOrEmpty("metadata").has("deletionTimestamp");
        FieldPath path = FieldPath.of("status").child("Phase");
        if (!terminating && !phase.equals("Active")) {
            errors.invalid(path, phase, "may only be 'Active' if `deletionTimestamp` is empty");
        } else if (terminating && !phase.equals("Terminating")) {
            errors.invalid(path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    /** The subresource is {@code finalize}: only the spec's finalizers come from {@code next}. */
    @Override
    public void prepareForSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        copy("status", old, next);
    }

    @Override
    public List<FieldError> validateSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.validateUpdateOfKind(next, old, errors);
        FieldPath path = FieldPath.of("spec").child("finalizers");
        JsonArray finalizers = next.objectOrEmpty("spec").arrayOrEmpty("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            validateFinalizer(finalizers.text(i), path.index(i), errors);
        }
        return errors.toList();
    }

    @Override
    public List<String> subresourceResetFields(String subresource) {
        return List.of("status");
    }

    private static void validateFinalizer(String finalizer, FieldPath path, FieldErrors errors) {
        List<String> problems = Names.qualified(finalizer);
        errors.invalid(path, finalizer, problems);
        MetadataValidation.validateKnownFinalizer(finalizer, path, errors);
    }
}
