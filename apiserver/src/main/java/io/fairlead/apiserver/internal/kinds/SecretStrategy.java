// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.MetadataValidation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Secrets: what each type requires, keys, sizes, immutability; {@code stringData} becomes {@code data}. */
final class SecretStrategy extends GenericStrategy {
    private static final FieldPath DATA = FieldPath.of("data");
    private static final String ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";

    SecretStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    public void setDefaults(JsonObject object) {
        if (object.text("type").isEmpty()) {
            object.put("type", "Opaque");
        }
        if (object.remove("stringData") instanceof JsonObject texts && !texts.isEmpty()) {
            JsonObject data = object.child("data");
            Base64.Encoder encoder = Base64.getEncoder();
            texts.forEach((key, value) -> {
                if (value instanceof JsonString string) {
                    data.put(key, encoder.encodeToString(string.value().getBytes(StandardCharsets.UTF_8)));
                }
            });
        }
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        if (next.text("type").isEmpty()) {
            copy("type", old, next);
        }
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    void validateSpec(Context context, JsonObject object, FieldErrors errors) {
        KeyedData.validateKeys(object, "data", errors);
        if (KeyedData.bytes(object, "data", true) > KeyedData.BYTES_MAX) {
            errors.tooLong(DATA, KeyedData.BYTES_MAX);
        }
        JsonObject data = object.objectOrEmpty("data");
        switch (object.text("type")) {
            case "kubernetes.io/service-account-token" -> requireAccount(object, errors);
            case "kubernetes.io/dockercfg" -> requireJson(data, ".dockercfg", errors);
            case "kubernetes.io/dockerconfigjson" -> requireJson(data, ".dockerconfigjson", errors);
            case "kubernetes.io/basic-auth" -> {
                if (!data.has("username") && !data.has("password")) {
                    errors.required(DATA.key("username"), "");
                    errors.required(DATA.key("password"), "");
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (data.text("ssh-privatekey").isEmpty()) {
                    errors.required(DATA.key("ssh-privatekey"), "");
                }
            }
            case "kubernetes.io/tls" -> {
                requireKey(data, "tls.crt", errors);
                requireKey(data, "tls.key", errors);
            }
            default -> {
                // Types are open; most require nothing.
            }
        }
    }

    @Override
    void validateChange(Context context, JsonObject next, JsonObject old, FieldErrors errors) {
        MetadataValidation.immutable(next.get("type"), old.get("type"), FieldPath.of("type"), errors);
        KeyedData.validateImmutable(next, old, errors, "data");
    }

    @Override
    public List<String> warnings(Context context, JsonObject next) {
        JsonObject data = next.objectOrEmpty("data");
        if (!next.text("type").equals("kubernetes.io/tls")
                || data.text("tls.crt").isEmpty()) {
            return List.of();
        }
        if (!pem(data.text("tls.crt"))) {
            return List.of("tls: failed to find any PEM data in certificate input");
        }
        return pem(data.text("tls.key")) ? List.of() : List.of("tls: failed to find any PEM data in key input");
    }

    private static boolean pem(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void requireAccount(JsonObject object, FieldErrors errors) {
        JsonObject annotations = object.objectOrEmpty("metadata").objectOrEmpty("annotations");
        if (annotations.text(ACCOUNT_ANNOTATION).isEmpty()) {
            errors.required(FieldPath.of("metadata").child("annotations").key(ACCOUNT_ANNOTATION), "");
        }
    }

    private static void requireKey(JsonObject data, String key, FieldErrors errors) {
        if (!data.has(key)) {
            errors.required(DATA.key(key), "");
        }
    }

    private static void requireJson(JsonObject data, String key, FieldErrors errors) {
        if (!data.has(key)) {
            errors.required(DATA.key(key), "");
            return;
        }
        String problem = "";
        try {
            problem = notAnObject(JsonReader.read(Base64.getDecoder().decode(data.text(key))));
        } catch (MalformedJsonException e) {
            problem = String.valueOf(e.getMessage());
        }
        if (!problem.isEmpty()) {
            errors.invalid(DATA.key(key), "<secret contents redacted>", problem);
        }
    }

    /** What Go says of a value that it cannot read into a map; empty for an object, and for null, which is a map without members. */
    private static String notAnObject(JsonValue value) {
        String found =
                switch (value) {
                    case JsonObject ignored -> "";
                    case JsonNull ignored -> "";
                    case JsonArray ignored -> "array";
                    case JsonString ignored -> "string";
                    case JsonNumber ignored -> "number";
                    case JsonBoolean ignored -> "bool";
                };
        return found.isEmpty()
                ? ""
                : "json: cannot unmarshal " + found + " into Go value of type map[string]interface {}";
    }
}
