// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.List;

/** What became of decoding a tree as an object of a type. */
public sealed interface Decoded {
    /**
     * It is one.
     *
     * @param object normalised: as it would be after Go has decoded and encoded it
     * @param problems what Go's strict decoder complains of, in its words: {@code unknown field "spec.bogus"},
     *     {@code duplicate field "data.a"}. Whether they refuse the request, warn or do nothing is the caller's choice.
     */
    record Accepted(JsonObject object, List<String> problems) implements Decoded {
        public Accepted {
            requireNonNull(object, "object");
            problems = List.copyOf(problems);
        }
    }

    /**
     * It is none.
     *
     * @param message in Go's words, such as
     *     {@code json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32}
     */
    record Refused(String message) implements Decoded {
        public Refused {
            requireNonNull(message, "message");
        }
    }
}
