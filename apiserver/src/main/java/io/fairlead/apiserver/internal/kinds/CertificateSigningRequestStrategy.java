// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldError;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import io.fairlead.apiserver.internal.validation.NameRule;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** CertificateSigningRequests: who asked is noted by the server, and approving is a subresource of its own. */
final class CertificateSigningRequestStrategy extends GenericStrategy {
    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONDITIONS = FieldPath.of("status").child("conditions");
    private static final String APPROVAL = "approval";
    private static final String LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
    private static final int EXPIRATION_SECONDS_MIN = 600;
    private static final List<String> VERDICTS = List.of("Approved", "Denied");
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");
    private static final List<String> USAGES = List.of(
            "any",
            "cert sign",
            "client auth",
            "code signing",
            "content commitment",
            "crl sign",
            "data encipherment",
            "decipher only",
            "digital signature",
            "email protection",
            "encipher only",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "key agreement",
            "key encipherment",
            "microsoft sgc",
            "netscape sgc",
            "ocsp signing",
            "s/mime",
            "server auth",
            "signing",
            "timestamping");

    CertificateSigningRequestStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    NameRule nameRule() {
        return NameRule.ANY;
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        JsonObject spec = next.child("spec");
        UserInfo user = context.user();
        for (String field : List.of("username", "uid", "groups", "extra")) {
            spec.remove(field);
        }
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            spec.put("groups", JsonArray.ofStrings(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            JsonObject extra = new JsonObject();
            new TreeMap<>(user.extra()).forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
            spec.put("extra", extra);
        }
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        copy("spec", old, next);
    }

    /** A verdict that is there stays as it is; a new one is refused. */
    @Override
    public void prepareForStatusUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForStatusUpdate(context, next, old);
        JsonObject status = next.child("status");
        JsonArray conditions = status.array("conditions");
        for (int i = 0; conditions != null && i < conditions.size(); i++) {
            String type = conditions.object(i).text("type");
            if (VERDICTS.contains(type)) {
                int at = i;
                conditionsOf(old, type).stream().findFirst().ifPresent(kept -> conditions.set(at, kept.deepCopy()));
            }
        }
        stampConditions(context, next, old);
    }

    @Override
    public void prepareForSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        copy("spec", old, next);
        JsonObject status = old.objectOrEmpty("status").deepCopy();
        copy("conditions", next.objectOrEmpty("status"), status);
        next.put("status", status);
        stampConditions(context, next, old);
    }

    private static void stampConditions(Context context, JsonObject next, JsonObject old) {
        String now = context.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonObject condition : next.objectOrEmpty("status").objects("conditions")) {
            Defaults.pointer(condition, "lastUpdateTime", now);
            String since = conditionsOf(old, condition.text("type")).stream()
                    .filter(before -> before.text("status").equals(condition.text("status")))
                    .map(before -> before.text("lastTransitionTime"))
                    .filter(time -> !time.isEmpty())
                    .findFirst()
                    .orElse(now);
            Defaults.pointer(condition, "lastTransitionTime", since);
        }
    }

    private static List<JsonObject> conditionsOf(JsonObject object, String type) {
        return object.objectOrEmpty("status").objects("conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .toList();
    }

    @Override
    List<String> statusKeeps() {
        return List.of("generation", "deletionTimestamp");
    }

    @Override
    public List<String> resetFields() {
        return List.of("spec", "status");
    }

    @Override
    public List<String> subresourceResetFields(String subresource) {
        return List.of("spec", "status.certificate");
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        JsonObject spec = object.objectOrEmpty("spec");
        String problem = CertificateRequests.problem(spec.text("request"));
        if (!problem.isEmpty()) {
            errors.invalid(SPEC.child("request"), spec.get("request"), problem);
        }
        List<String> usages = spec.texts("usages");
        if (usages.isEmpty()) {
            errors.required(SPEC.child("usages"), "");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size(); i++) {
            errors.oneOf(SPEC.child("usages").index(i), usages.get(i), USAGES);
            if (!seen.add(usages.get(i))) {
                errors.duplicate(SPEC.child("usages").index(i), usages.get(i));
            }
        }
        String signer = spec.text("signerName");
        if (signer.equals(LEGACY_SIGNER)) {
            errors.invalid(
                    SPEC.child("signerName"), signer, "the legacy signerName is not allowed via this API version");
        } else {
            SignerNames.validate(signer, SPEC.child("signerName"), errors);
        }
        long expiration = spec.number("expirationSeconds", EXPIRATION_SECONDS_MIN);
        if (expiration < EXPIRATION_SECONDS_MIN) {
            errors.invalid(
                    SPEC.child("expirationSeconds"),
                    expiration,
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
        validateConditions(object.objectOrEmpty("status").objects("conditions"), errors);
    }

    private static void validateConditions(List<JsonObject> conditions, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            JsonObject condition = conditions.get(i);
            FieldPath path = CONDITIONS.index(i);
            String type = condition.text("type");
            String status = condition.text("status");
            if (type.isEmpty()) {
                errors.required(path.child("type"), "");
            }
            if (status.isEmpty()) {
                errors.required(path.child("status"), "");
            } else {
                List<String> possible = LASTING.contains(type) ? List.of("True") : List.of("False", "True", "Unknown");
                errors.oneOf(path.child("status"), status, possible);
            }
            if (!types.add(type)) {
                errors.duplicate(path.child("type"), type);
            }
            if (VERDICTS.contains(type) && types.containsAll(VERDICTS)) {
                errors.invalid(CONDITIONS, type, "Approved and Denied conditions are mutually exclusive");
            }
        }
    }

    @Override
    void validateStatus(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        validateSpec(context, next, errors);
        validateConditionChange(next, old, false, errors);
        JsonObject status = next.objectOrEmpty("status");
        String before = old.objectOrEmpty("status").text("certificate");
        String certificate = status.text("certificate");
        FieldPath path = FieldPath.of("status").child("certificate");
        if (!before.isEmpty() && !before.equals(certificate)) {
            errors.forbidden(path, "updates may not modify existing certificate content");
        } else if (!certificate.isEmpty()) {
            String problem = CertificateRequests.certificateProblem(certificate);
            if (!problem.isEmpty()) {
                errors.invalid(path, "<certificate data>", problem);
            }
        }
    }

    @Override
    public List<FieldError> validateSubresource(String subresource, Context context, JsonObject next, JsonObject old) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.validateUpdateOfKind(next, old, errors);
        validateSpec(context, next, errors);
        validateConditionChange(next, old, subresource.equals(APPROVAL), errors);
        return errors.toList();
    }

    /** What was said stays said; and only the subresource for it gives a verdict. */
    private static void validateConditionChange(JsonObject next, JsonObject old, boolean decides, FieldErrors errors) {
        for (String type : LASTING) {
            int count = conditionsOf(next, type).size();
            int before = conditionsOf(old, type).size();
            if (count < before) {
                errors.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
            if (count > before && !decides && VERDICTS.contains(type)) {
                errors.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
            }
        }
    }
}
