// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a decoding stands. Go tells places in two ways, and both are kept at once: problems of strict decoding have the whole
 * path ({@code spec.containers[0].env[1].name}), type errors the fields without indices and keys, after the name of the innermost
 * struct ({@code EnvVar.spec.containers.env.name}).
 */
final class DecodingPath {
    private static final int FIELD = -1;
    private static final int KEY = -2;

    private final String prefix;
    private String[] names = new String[16];
    /** The index in a list, or what else the name at the same place is. */
    private int[] indices = new int[16];

    private int depth;
    private @Nullable StructType struct;

    DecodingPath(String prefix) {
        this.prefix = prefix;
    }

    /** Goes into a struct and answers the one around it, which {@link #leave} wants. */
    @Nullable
    StructType enter(StructType inner) {
        StructType outer = struct;
        struct = inner;
        return outer;
    }

    void leave(@Nullable StructType outer) {
        struct = outer;
    }

    void pushField(String name) {
        push(name, FIELD);
    }

    void pushKey(String name) {
        push(name, KEY);
    }

    void pushIndex(int index) {
        push("", index);
    }

    void pop() {
        depth--;
    }

    /** The whole path to the member {@code name} of where this stands. */
    String to(String name) {
        StringBuilder text = new StringBuilder(prefix);
        for (int i = 0; i < depth; i++) {
            if (indices[i] >= 0) {
                text.append('[').append(indices[i]).append(']');
            } else {
                append(text, names[i]);
            }
        }
        append(text, name);
        return text.toString();
    }

    /** Where this stands, as Go's type errors say it: {@code struct field PodSpec.spec.containers}, or {@code value}. */
    String place() {
        if (struct == null) {
            return "value";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (indices[i] == FIELD) {
                append(text, names[i]);
            }
        }
        return "struct field " + struct.shortName() + "." + text;
    }

    private static void append(StringBuilder text, String name) {
        if (!text.isEmpty()) {
            text.append('.');
        }
        text.append(name);
    }

    private void push(String name, int index) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indices = Arrays.copyOf(indices, depth * 2);
        }
        names[depth] = name;
        indices[depth] = index;
        depth++;
    }
}
