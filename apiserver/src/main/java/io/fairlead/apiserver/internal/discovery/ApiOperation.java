// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.internal.schema.Field;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import io.fairlead.apiserver.internal.schema.StructType;
import io.fairlead.apiserver.internal.schema.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation on one path, as both versions of OpenAPI tell it.
 *
 * @param method in lower case
 * @param action in Kubernetes' words; empty for discovery
 * @param kind empty for discovery
 * @param answer the type that is answered; empty for text
 */
record ApiOperation(
        String method,
        String id,
        String action,
        Optional<GroupVersionKind> kind,
        List<Parameter> parameters,
        Body body,
        List<Integer> codes,
        Optional<StructType> answer,
        List<String> produces) {
    static final List<String> OBJECT =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    static final List<String> STREAM = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/json;stream=watch",
            "application/vnd.kubernetes.protobuf;stream=watch");
    static final List<String> LOG =
            List.of("text/plain", "application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    static final List<String> ANY = List.of("*/*");

    ApiOperation {
        parameters = List.copyOf(parameters);
        codes = List.copyOf(codes);
        produces = List.copyOf(produces);
    }

    /**
     * A parameter of the path or the query.
     *
     * @param type such as {@code string}
     * @param meaning tells apart parameters of one name that do not mean the same, and so are not one
     */
    record Parameter(String name, boolean inPath, String type, String meaning) {
        static Parameter query(String name, String type) {
            return new Parameter(name, false, type, "");
        }

        static Parameter path(String name) {
            return new Parameter(name, true, "string", "");
        }

        /** The fields of an options object as query parameters. */
        static List<Parameter> queryOf(Optional<StructType> options) {
            List<Parameter> parameters = new ArrayList<>();
            for (Field field : options.map(StructType::fields).orElse(List.of())) {
                boolean typeMeta = field.name().equals("kind") || field.name().equals("apiVersion");
                TypeRef type = field.type() instanceof TypeRef.ListOf list ? list.items() : field.type();
                if (!typeMeta && type instanceof TypeRef.Scalar scalar) {
                    scalar.kind()
                            .primitive()
                            .ifPresent(each -> parameters.add(Parameter.query(field.name(), each.openApiType())));
                }
            }
            return parameters;
        }
    }

    /** What is sent. */
    sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** An object of the type. */
        record Of(StructType type, boolean required) implements Body {}

        /** A patch. */
        record Patch() implements Body {}
    }
}
