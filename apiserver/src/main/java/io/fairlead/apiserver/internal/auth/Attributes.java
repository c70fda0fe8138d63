// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import io.fairlead.apiserver.ApiRequest;

/** What a request is about, as far as permission goes: read from method, path and query alone, whether it exists or not. */
public sealed interface Attributes {
    /** What is to be done: {@code get}, {@code list}, {@code deletecollection}, ... */
    String verb();

    /** The same with another verb. */
    Attributes as(String newVerb);

    /**
     * A request for objects. Parts that do not apply are empty.
     *
     * @param subresource such as {@code log}
     */
    record Resource(String verb, String group, String resource, String subresource, String namespace, String name)
            implements Attributes {
        @Override
        public Attributes as(String newVerb) {
            return new Resource(newVerb, group, resource, subresource, namespace, name);
        }
    }

    /** Any other request; its verb is the method in lower case. */
    record Path(String verb, String path) implements Attributes {
        @Override
        public Attributes as(String newVerb) {
            return new Path(newVerb, path);
        }
    }

    /** The attributes of {@code request}. */
    static Attributes of(ApiRequest request) {
        return AttributesParser.parse(request.method(), request.path(), request.query());
    }
}
