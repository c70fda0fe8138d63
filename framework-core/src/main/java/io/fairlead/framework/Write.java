// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.environment.Api;
import java.util.Locale;

/**
 * A change to make to one object: a value, sent by a {@link ResourceClient}.
 *
 * <p>Bodies are JSON. Arrays given are not copied and must not be changed afterwards.
 *
 * @param namespace of the object; empty for objects of the cluster
 * @param name of the object; empty when creating
 * @param subresource such as {@code status}; empty for the object itself
 * @param fieldManager empty for that of the client
 * @param uid the object must have; empty for any. For deletions; other writes have it in the body.
 * @param resourceVersion the object must have; empty for any. For deletions; other writes have it in the body.
 * @param graceSeconds less than 0 for the kind's default
 */
@Api(Api.Status.EXPERIMENTAL)
public record Write(
        Verb verb,
        String namespace,
        String name,
        String subresource,
        byte[] body,
        String fieldManager,
        boolean dryRun,
        String uid,
        String resourceVersion,
        Propagation propagation,
        int graceSeconds) {
    private static final byte[] NO_BODY = {};

    public Write {
        requireNonNull(verb, "verb");
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        requireNonNull(subresource, "subresource");
        requireNonNull(body, "body");
        requireNonNull(fieldManager, "fieldManager");
        requireNonNull(uid, "uid");
        requireNonNull(resourceVersion, "resourceVersion");
        requireNonNull(propagation, "propagation");
    }

    /** What is done to the object. */
    public enum Verb {
        CREATE,
        UPDATE,
        PATCH_JSON,
        PATCH_MERGE,
        PATCH_STRATEGIC,
        /** Server-side apply, of JSON. */
        APPLY,
        /** Server-side apply that takes over fields that others manage. */
        APPLY_FORCED,
        DELETE
    }

    /** What becomes of the dependents of a deleted object. */
    public enum Propagation {
        /** What the kind does when nobody says. */
        DEFAULT,
        BACKGROUND,
        FOREGROUND,
        ORPHAN;

        String apiName() {
            String lower = name().toLowerCase(Locale.ROOT);
            return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        }
    }

    public static Write create(String namespace, JsonNode body) {
        return create(namespace, bytes(body));
    }

    public static Write create(String namespace, byte[] body) {
        return of(Verb.CREATE, new ObjectKey(namespace, ""), body);
    }

    /** Replaces the object; a resourceVersion in the body makes it conditional. */
    public static Write update(ObjectKey key, JsonNode body) {
        return update(key, bytes(body));
    }

    public static Write update(ObjectKey key, byte[] body) {
        return of(Verb.UPDATE, key, body);
    }

    /** Changes the object by one of the forms of patches and applies. */
    public static Write patch(Verb form, ObjectKey key, JsonNode body) {
        return patch(form, key, bytes(body));
    }

    public static Write patch(Verb form, ObjectKey key, byte[] body) {
        if (form == Verb.CREATE || form == Verb.UPDATE || form == Verb.DELETE) {
            throw new IllegalArgumentException(form + " is no form of patch");
        }
        return of(form, key, body);
    }

    public static Write delete(ObjectKey key) {
        return of(Verb.DELETE, key, NO_BODY);
    }

    /** Puts a pod on a node. */
    public static Write bind(ObjectKey pod, String podUid, String node) {
        ObjectNode binding = JsonNodeFactory.instance.objectNode();
        binding.put("apiVersion", "v1").put("kind", "Binding");
        binding.putObject("metadata")
                .put("name", pod.name())
                .put("namespace", pod.namespace())
                .put("uid", podUid);
        binding.putObject("target").put("kind", "Node").put("name", node);
        return of(Verb.CREATE, pod, bytes(binding)).onSubresource("binding");
    }

    private static Write of(Verb verb, ObjectKey key, byte[] body) {
        return new Write(verb, key.namespace(), key.name(), "", body, "", false, "", "", Propagation.DEFAULT, -1);
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JsonCursor.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that cannot be written as JSON", e);
        }
    }

    /** The same on a part of the object that has an address of its own, such as {@code status} or {@code scale}. */
    public Write onSubresource(String newSubresource) {
        return new Write(
                verb,
                namespace,
                name,
                newSubresource,
                body,
                fieldManager,
                dryRun,
                uid,
                resourceVersion,
                propagation,
                graceSeconds);
    }

    /** The same on {@code status}. */
    public Write onStatus() {
        return onSubresource("status");
    }

    public Write byFieldManager(String newManager) {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                newManager,
                dryRun,
                uid,
                resourceVersion,
                propagation,
                graceSeconds);
    }

    /** Checked like the real thing, but not stored. */
    public Write dryRunOnly() {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                fieldManager,
                true,
                uid,
                resourceVersion,
                propagation,
                graceSeconds);
    }

    /** A deletion of the very object with this uid, not of a later one of the same name. */
    public Write ifUid(String newUid) {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                fieldManager,
                dryRun,
                newUid,
                resourceVersion,
                propagation,
                graceSeconds);
    }

    /** A deletion of the object as it was at this version. */
    public Write ifResourceVersion(String newVersion) {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                fieldManager,
                dryRun,
                uid,
                newVersion,
                propagation,
                graceSeconds);
    }

    public Write propagating(Propagation newPropagation) {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                fieldManager,
                dryRun,
                uid,
                resourceVersion,
                newPropagation,
                graceSeconds);
    }

    /** How long the object, a pod, is given to end. */
    public Write withGraceSeconds(int newGraceSeconds) {
        return new Write(
                verb,
                namespace,
                name,
                subresource,
                body,
                fieldManager,
                dryRun,
                uid,
                resourceVersion,
                propagation,
                newGraceSeconds);
    }

    /** {@code create default/web-abc/status}: for messages. The body is left out, which may be secret. */
    @Override
    public String toString() {
        String key = namespace.isEmpty() ? name : namespace + "/" + name;
        return verb.name().toLowerCase(Locale.ROOT) + " " + key + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
