// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the built-in kinds: which resources are served, and the types of their objects.
 *
 * <p>Immutable from the outside and shared by everybody; any thread may call it. It loads in a few milliseconds, because a
 * type's fields are read when somebody first asks for them.
 */
public final class Schema {
    /** Where the types of metadata, options and {@code Status} live; each group version knows some of them as its own kinds. */
    public static final String META = "apimachinery/pkg/apis/meta/v1";

    /** The type of schemas of custom resources, which contains itself in values with their own decoding. */
    public static final String JSON_SCHEMA = "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps";

    /** The type of any JSON value in schemas of custom resources. */
    public static final String JSON_ANY = "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSON";

    private final ResourceTable resources;
    private final KindTable kinds;
    private final TypeTable types;
    private final Map<GroupVersionKind, ResourceDefinition> byKind = new HashMap<>();
    private final Map<String, ResourceDefinition> byPath = new HashMap<>();

    private Schema(ResourceTable resources, KindTable kinds, TypeTable types) {
        this.resources = resources;
        this.kinds = kinds;
        this.types = types;
        for (ResourceDefinition each : resources.resources()) {
            byKind.put(each.kind(), each);
            byPath.put(path(each.group(), each.version(), each.plural()), each);
        }
    }

    /** The schema of the built-in kinds; the first call loads it. */
    public static Schema builtIn() {
        return BuiltIn.SCHEMA;
    }

    /** Each served version of each resource: groups in the order of discovery, the core group first, versions by preference. */
    public List<ResourceDefinition> resources() {
        return resources.resources();
    }

    /** The resource that {@code /apis/<group>/<version>/…/<plural>} serves, or, in the core group, {@code /api/<version>/…}. */
    public Optional<ResourceDefinition> resource(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /** The resource whose objects are of {@code kind}. None serves lists, options or {@code Scale}. */
    public Optional<ResourceDefinition> resource(GroupVersionKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** The groups in the order of discovery; the first is the core group, whose name is empty. */
    public List<ApiGroup> groups() {
        return resources.groups();
    }

    /**
     * The kind in which objects of {@code resource} are stored. Versions of one resource, and the two APIs of events, share
     * it. It is a served kind.
     */
    public GroupVersionKind storageKind(ResourceDefinition resource) {
        GroupVersionKind stored = resources.storageKind(resource);
        return byKind.containsKey(stored) ? stored : resource.kind();
    }

    /** The type of objects of {@code kind}: of resources, their lists, options, {@code Status} and the like. */
    public Optional<StructType> type(GroupVersionKind kind) {
        String name = kinds.typeName(kind);
        if (name == null && kind.group().equals("meta.k8s.io")) {
            name = META + "." + kind.kind();
        }
        return name == null ? Optional.empty() : Optional.ofNullable(types.type(name));
    }

    /** The kinds whose objects are of {@code type}, served or not; types of metadata and options are kinds of each version. */
    public List<GroupVersionKind> kindsOf(StructType type) {
        return kinds.kindsOf(type.name());
    }

    /** Whether a delete that happens at once answers the object, not a {@code Status}, as published in OpenAPI. */
    public boolean answersDeletedObject(ResourceDefinition resource) {
        return resources.answersDeletedObject(resource);
    }

    /** Changes whenever anything in the table of types does. */
    public String fingerprint() {
        return types.fingerprint();
    }

    /**
     * What discovery publishes of the kind in which objects are stored, so that clients notice when it changes: the first 8
     * bytes of a SHA-256.
     */
    public static String storageVersionHash(GroupVersionKind kind) {
        try {
            byte[] text = (kind.group() + "/" + kind.version() + "/" + kind.kind()).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the original knows {@code kind}, served or not: a body may then name it, though the server may refuse it. */
    public boolean isRegistered(GroupVersionKind kind) {
        return kinds.typeName(kind) != null;
    }

    /**
     * The type with the full name {@code name}, such as {@code apimachinery/pkg/apis/meta/v1.ObjectMeta}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public StructType typeNamed(String name) {
        StructType type = types.type(requireNonNull(name, "name"));
        if (type == null) {
            throw new IllegalArgumentException("the schema has no type " + name);
        }
        return type;
    }

    /** The type of {@code metadata}. */
    public StructType objectMeta() {
        return typeNamed(META + ".ObjectMeta");
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    private static byte[] read(String name) {
        try (InputStream in = Schema.class.getResourceAsStream("/io/fairlead/apiserver/schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the schema table is not on the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the schema table " + name, e);
        }
    }

    private static final class BuiltIn {
        static final Schema SCHEMA = new Schema(
                new ResourceTable(read("resources.txt")),
                new KindTable(read("kinds.txt")),
                new TypeTable(read("types.txt")));
    }
}
