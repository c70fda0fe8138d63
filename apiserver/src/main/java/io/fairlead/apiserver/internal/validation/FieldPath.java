// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where in an object something stands, such as {@code spec.containers[0].name}.
 *
 * <p>A chain that is written out only when there is something to complain about, because almost all paths never are.
 */
public final class FieldPath {
    private enum Form {
        MEMBER,
        INDEX,
        KEY
    }

    private final @Nullable FieldPath parent;
    private final Form form;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, Form form, String name, int index) {
        this.parent = parent;
        this.form = form;
        this.name = requireNonNull(name, "name");
        this.index = index;
    }

    /** The member {@code name} of the object itself. */
    public static FieldPath of(String name) {
        return new FieldPath(null, Form.MEMBER, name, 0);
    }

    /** The member {@code name} of what stands here. */
    public FieldPath child(String name) {
        return new FieldPath(this, Form.MEMBER, name, 0);
    }

    /** A member of a member of what stands here. */
    public FieldPath child(String first, String second) {
        return child(first).child(second);
    }

    /** The item number {@code index} of the list that stands here. */
    public FieldPath index(int index) {
        return new FieldPath(this, Form.INDEX, "", index);
    }

    /** The entry {@code key} of the map that stands here. */
    public FieldPath key(String key) {
        return new FieldPath(this, Form.KEY, key, 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (parent != null) {
            parent.write(text);
        }
        switch (form) {
            case MEMBER -> {
                // The object as a whole: upstream's path of no name prints as an index without a number.
                if (name.isEmpty()) {
                    text.append("[]");
                } else {
                    text.append(parent == null ? "" : ".").append(name);
                }
            }
            case INDEX -> text.append('[').append(index).append(']');
            case KEY -> text.append('[').append(name).append(']');
        }
    }
}
