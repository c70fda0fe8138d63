// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pod template: its metadata, which controllers look into, and its spec, which they only compare and pass on.
 *
 * <p>Immutable; the tree and the bytes are never handed out to be changed.
 */
public final class PodTemplate {
    /** Set by the Deployment controller on what it makes; it tells the ReplicaSets of one Deployment apart. */
    public static final String HASH_LABEL = "pod-template-hash";

    public static final PodTemplate EMPTY =
            new PodTemplate(JsonNodeFactory.instance.objectNode(), Map.of(), "{}".getBytes(UTF_8));

    /** As the original's encoding of hashes: no vowels, so no words. */
    private static final String SAFE_CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode metadata;
    private final Map<String, String> labels;
    private final byte[] spec;

    private PodTemplate(ObjectNode metadata, Map<String, String> labels, byte[] spec) {
        this.metadata = metadata;
        this.labels = labels;
        this.spec = spec;
    }

    /** Reads the template at {@code json}. */
    public static PodTemplate read(JsonCursor json) throws IOException {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        byte[] spec = EMPTY.spec;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "metadata" -> {
                    if (json.tree() instanceof ObjectNode tree) {
                        metadata = tree;
                    }
                }
                case "spec" -> spec = json.raw();
                default -> json.skip();
            }
        }
        return new PodTemplate(metadata, labelsOf(metadata), spec);
    }

    private static Map<String, String> labelsOf(JsonNode metadata) {
        Map<String, String> labels = new LinkedHashMap<>();
        metadata.path("labels")
                .properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
        return labels;
    }

    /** In their order; not to be changed. */
    public Map<String, String> labels() {
        return labels;
    }

    /** A field of the metadata, such as {@code annotations}, as a copy; missing if it is not there. */
    public JsonNode metadataField(String name) {
        return metadata.path(name).deepCopy();
    }

    /** The spec, as JSON that must not be changed. */
    public byte[] spec() {
        return spec;
    }

    /** The template as a tree of the caller's own, with another value of {@link #HASH_LABEL}. */
    public ObjectNode withHash(String hash) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ObjectNode newMetadata = metadata.deepCopy();
        newMetadata.withObjectProperty("labels").put(HASH_LABEL, hash);
        tree.set("metadata", newMetadata);
        tree.set("spec", specTree());
        return tree;
    }

    /** Whether both make the same pods, but for {@link #HASH_LABEL}. */
    public boolean sameButForHash(PodTemplate other) {
        return JsonTrees.same(metadataWithoutHash(), other.metadataWithoutHash())
                && (Arrays.equals(spec, other.spec) || JsonTrees.same(specTree(), other.specTree()));
    }

    /**
     * A short name for what the template says, the same in every process.
     *
     * @param collisions how many names were taken by others already; each gives another name
     */
    public String hash(int collisions) {
        StringBuilder text = new StringBuilder();
        JsonTrees.canonical(metadataWithoutHash(), text);
        JsonTrees.canonical(specTree(), text);
        if (collisions > 0) {
            text.append(collisions);
        }
        int hash = FNV_OFFSET;
        for (byte each : text.toString().getBytes(UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        StringBuilder safe = new StringBuilder();
        Integer.toUnsignedString(hash)
                .chars()
                .forEach(digit -> safe.append(SAFE_CHARACTERS.charAt(digit % SAFE_CHARACTERS.length())));
        return safe.toString();
    }

    private ObjectNode metadataWithoutHash() {
        if (!labels.containsKey(HASH_LABEL)) {
            return metadata;
        }
        ObjectNode without = metadata.deepCopy();
        if (without.withObjectProperty("labels").without(HASH_LABEL).isEmpty()) {
            without.remove("labels");
        }
        return without;
    }

    private JsonNode specTree() {
        try {
            return MAPPER.readTree(spec);
        } catch (IOException e) {
            throw new UncheckedIOException("a template that was JSON when it was read", e);
        }
    }

    /** A tree as JSON. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that cannot be written as JSON", e);
        }
    }

    /** By content, so that facts that have a template can be compared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PodTemplate template
                && metadata.equals(template.metadata)
                && Arrays.equals(spec, template.spec);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spec) * 31 + metadata.hashCode();
    }

    @Override
    public String toString() {
        return "template " + labels;
    }
}
