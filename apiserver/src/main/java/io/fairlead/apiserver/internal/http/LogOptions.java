// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.schema.GoTime;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is wrong with a request for logs. Pure. */
final class LogOptions {
    private static final String POSITIVE = "must be greater than 0";

    private LogOptions() {}

    /** @throws StatusException 400 for what cannot be read, 422 for what makes no sense */
    static void check(Query query, String pod) {
        OptionalLong sinceSeconds = RequestOptions.number(query, "sinceSeconds");
        String sinceTime = query.text("sinceTime");
        boolean timed = !sinceTime.isEmpty() && !sinceTime.equals("null");
        if (timed && GoTime.parseSeconds(sinceTime) instanceof GoTime.Parsed.Bad(String message)) {
            throw ApiStatus.badRequest(message).exception();
        }
        OptionalLong tailLines = RequestOptions.number(query, "tailLines");
        OptionalLong limitBytes = RequestOptions.number(query, "limitBytes");
        List<FieldError> errors = new ArrayList<>();
        if (tailLines.orElse(0) < 0) {
            errors.add(invalid("tailLines", tailLines.getAsLong(), "must be greater than or equal to 0"));
        }
        if (limitBytes.orElse(1) < 1) {
            errors.add(invalid("limitBytes", limitBytes.getAsLong(), POSITIVE));
        }
        if (sinceSeconds.isPresent() && timed) {
            errors.add(forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        } else if (sinceSeconds.orElse(1) < 1) {
            errors.add(invalid("sinceSeconds", sinceSeconds.getAsLong(), POSITIVE));
        }
        if (!query.text("stream").isEmpty()) {
            // One stream alone is not offered by default.
            errors.add(forbidden("stream", "may not be specified"));
        }
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid("", "PodLogOptions", pod, errors).exception();
        }
    }

    private static FieldError invalid(String path, long value, String detail) {
        return new FieldError(FieldError.Kind.INVALID, path, JsonNumber.of(value), detail);
    }

    private static FieldError forbidden(String path, String detail) {
        return new FieldError(FieldError.Kind.FORBIDDEN, path, null, detail);
    }
}
