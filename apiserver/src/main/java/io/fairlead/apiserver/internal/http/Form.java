// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

/**
 * In which form a client wants its answer.
 *
 * @param version of the shape's own kind, {@code v1} or {@code v1beta1}; it does not matter for {@link Shape#OBJECT}
 */
record Form(Media media, Shape shape, String version) {
    static final Form JSON = new Form(Media.JSON, Shape.OBJECT, "v1");

    /** How the tree becomes bytes. */
    enum Media {
        JSON("application/json"),
        YAML("application/yaml"),
        PROTOBUF("application/vnd.kubernetes.protobuf");

        private final String type;

        Media(String type) {
            this.type = type;
        }

        /** As in {@code Content-Type}. */
        String type() {
            return type;
        }
    }

    /** What of the objects is shown. */
    enum Shape {
        /** Everything. */
        OBJECT,
        /** Columns and cells. */
        TABLE,
        /** The metadata of one. */
        PARTIAL,
        /** The metadata of many. */
        PARTIAL_LIST
    }

    boolean isPlainJson() {
        return media == Media.JSON && shape == Shape.OBJECT;
    }
}
