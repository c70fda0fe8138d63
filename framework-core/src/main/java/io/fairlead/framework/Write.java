// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.environment.Api;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A change to make to one object: a value, sent by a {@link ResourceClient}.
 *
 * <p>Bodies are JSON. Arrays given are not copied and must not be changed afterwards. Immutable but for them; safe from any thread.
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Write {
    private static final byte[] NO_BODY = {};
    private static final int KINDS_GRACE = -1;

    private final Verb verb;
    private final ObjectKey key;
    private final byte[] body;
    private final String subresource;
    private final String fieldManager;
    private final boolean dryRun;
    private final String uid;
    private final String resourceVersion;
    private final Propagation propagation;
    private final int graceSeconds;

    private Write(Draft draft) {
        this.verb = draft.verb;
        this.key = draft.key;
        this.body = draft.body;
        this.subresource = draft.subresource;
        this.fieldManager = draft.fieldManager;
        this.dryRun = draft.dryRun;
        this.uid = draft.uid;
        this.resourceVersion = draft.resourceVersion;
        this.propagation = draft.propagation;
        this.graceSeconds = draft.graceSeconds;
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

    /** The same on a part of the object that has an address of its own, such as {@code status} or {@code scale}. */
    public Write onSubresource(String newSubresource) {
        requireNonNull(newSubresource, "newSubresource");
        return changed(draft -> draft.subresource = newSubresource);
    }

    /** The same on {@code status}. */
    public Write onStatus() {
        return onSubresource("status");
    }

    /** The same in the name of {@code newManager}, not of the client's own. */
    public Write byFieldManager(String newManager) {
        requireNonNull(newManager, "newManager");
        return changed(draft -> draft.fieldManager = newManager);
    }

    /** Checked like the real thing, but not stored. */
    public Write dryRunOnly() {
        return changed(draft -> draft.dryRun = true);
    }

    /** A deletion of the very object with this uid, not of a later one of the same name. */
    public Write ifUid(String newUid) {
        requireNonNull(newUid, "newUid");
        return changed(draft -> draft.uid = newUid);
    }

    /** A deletion of the object as it was at this version. */
    public Write ifResourceVersion(String newVersion) {
        requireNonNull(newVersion, "newVersion");
        return changed(draft -> draft.resourceVersion = newVersion);
    }

    /** A deletion that does this with what depends on the object. */
    public Write propagating(Propagation newPropagation) {
        requireNonNull(newPropagation, "newPropagation");
        return changed(draft -> draft.propagation = newPropagation);
    }

    /** How long the object, a pod, is given to end. */
    public Write withGraceSeconds(int newGraceSeconds) {
        return changed(draft -> draft.graceSeconds = newGraceSeconds);
    }

    public Verb verb() {
        return verb;
    }

    /** Empty for objects of the cluster. */
    public String namespace() {
        return key.namespace();
    }

    /** Empty when creating. */
    public String name() {
        return key.name();
    }

    /** Such as {@code status}; empty for the object itself. */
    public String subresource() {
        return subresource;
    }

    /** The array itself, which is not to be changed; without elements for deletions. */
    public byte[] body() {
        return body;
    }

    /** Empty for that of the client. */
    public String fieldManager() {
        return fieldManager;
    }

    public boolean dryRun() {
        return dryRun;
    }

    /** The uid that the object must have; empty for any. For deletions; other writes have it in the body. */
    public String uid() {
        return uid;
    }

    /** The version that the object must have; empty for any. For deletions; other writes have it in the body. */
    public String resourceVersion() {
        return resourceVersion;
    }

    public Propagation propagation() {
        return propagation;
    }

    /** Less than 0 for the kind's default. */
    public int graceSeconds() {
        return graceSeconds;
    }

    /** {@code create default/web-abc/status}: for messages. The body is left out, which may be secret. */
    @Override
    public String toString() {
        return verb.name().toLowerCase(Locale.ROOT) + " " + key + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    private static Write of(Verb verb, ObjectKey key, byte[] body) {
        return new Write(new Draft(verb, key, body));
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JsonCursor.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that cannot be written as JSON", e);
        }
    }

    private Write changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Write(draft);
    }

    /** A write that is being put together, by one thread. */
    private static final class Draft {
        private final Verb verb;
        private final ObjectKey key;
        private final byte[] body;
        private String subresource = "";
        private String fieldManager = "";
        private boolean dryRun;
        private String uid = "";
        private String resourceVersion = "";
        private Propagation propagation = Propagation.DEFAULT;
        private int graceSeconds = KINDS_GRACE;

        private Draft(Verb verb, ObjectKey key, byte[] body) {
            this.verb = requireNonNull(verb, "verb");
            this.key = requireNonNull(key, "key");
            this.body = requireNonNull(body, "body");
        }

        private Draft(Write write) {
            this(write.verb, write.key, write.body);
            this.subresource = write.subresource;
            this.fieldManager = write.fieldManager;
            this.dryRun = write.dryRun;
            this.uid = write.uid;
            this.resourceVersion = write.resourceVersion;
            this.propagation = write.propagation;
            this.graceSeconds = write.graceSeconds;
        }
    }
}
