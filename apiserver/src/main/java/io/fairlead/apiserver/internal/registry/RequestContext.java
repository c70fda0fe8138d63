// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.auth.UserInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who asks, when, and what they are to be told beside the answer. For the one thread that handles the request. */
public final class RequestContext {
    private final UserInfo caller;
    private final Instant now;
    private final List<String> warnings = new ArrayList<>();

    public RequestContext(UserInfo caller, Instant now) {
        this.caller = requireNonNull(caller, "caller");
        this.now = requireNonNull(now, "now");
    }

    public UserInfo caller() {
        return caller;
    }

    /** The time at which the request is said to happen, throughout. */
    public Instant now() {
        return now;
    }

    /** Adds a sentence for a {@code Warning} header; each is sent once. */
    public void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    public void warn(List<String> sentences) {
        sentences.forEach(this::warn);
    }

    public List<String> warnings() {
        return warnings;
    }
}
