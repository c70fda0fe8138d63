// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.OwnerReference;
import io.fairlead.framework.ResourceType;
import java.util.List;

/** The JSON of a pod made from a template. */
public final class PodBody {
    /** A generated name is this plus five characters, and must be a DNS label in the end. */
    private static final int PREFIX_LENGTH_MAX = 253;

    /** Copied from the template as they are. */
    private static final List<String> COPIED = List.of("labels", "annotations", "finalizers");

    private PodBody() {}

    /** A pod that the server names after its owner. */
    public static byte[] of(PodTemplate template, ResourceType ownerType, ObjectMetadata owner) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("generateName", prefix(owner.name()));
        metadata.put("namespace", owner.namespace());
        for (String name : COPIED) {
            JsonNode value = template.metadataField(name);
            if (!value.isMissingNode() && !value.isEmpty()) {
                metadata.set(name, value);
            }
        }
        metadata.putArray("ownerReferences").add(tree(OwnerReference.controller(ownerType, owner)));
        return joined(PodTemplate.bytes(metadata), template.spec());
    }

    /** An owner reference as it stands in an object. */
    public static ObjectNode tree(OwnerReference owner) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("uid", owner.uid());
        if (owner.controller()) {
            tree.put("controller", true);
        }
        if (owner.blockOwnerDeletion()) {
            tree.put("blockOwnerDeletion", true);
        }
        return tree;
    }

    private static String prefix(String ownerName) {
        return ownerName.length() < PREFIX_LENGTH_MAX ? ownerName + "-" : ownerName;
    }

    /** The spec goes through as it is: reading and writing it again would cost more than all the rest. */
    private static byte[] joined(byte[] metadata, byte[] spec) {
        byte[] head = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":".getBytes(UTF_8);
        byte[] middle = ",\"spec\":".getBytes(UTF_8);
        byte[] body = new byte[head.length + metadata.length + middle.length + spec.length + 1];
        int at = 0;
        for (byte[] part : List.of(head, metadata, middle, spec)) {
            System.arraycopy(part, 0, body, at, part.length);
            at += part.length;
        }
        body[at] = '}';
        return body;
    }
}
