// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.GroupVersionKind;

/** Answers that say that something was done, and nothing else. */
final class StatusAnswers {
    static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "Status");

    private StatusAnswers() {}

    static Answer success(Resource resource, int code) {
        return new Answer.Tree(code, resource, KIND, success().put("code", code));
    }

    static JsonObject success() {
        return new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new JsonObject())
                .put("status", "Success");
    }
}
