// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Api;
import java.io.IOException;
import java.util.List;

/**
 * Why the API server refused: the {@code Status} object of its answer.
 *
 * @param reason such as {@code AlreadyExists}; empty if unknown
 * @param uid of the object that the answer is about; empty if not told
 * @param retryAfterSeconds 0 if not told
 */
@Api(Api.Status.EXPERIMENTAL)
public record ApiStatus(
        int code, String reason, String message, String uid, List<Cause> causes, int retryAfterSeconds) {
    public ApiStatus {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        requireNonNull(uid, "uid");
        causes = List.copyOf(causes);
    }

    /** One of several reasons, such as a field with a bad value. */
    public record Cause(String reason, String message, String field) {}

    /** Whether one of the causes has {@code causeReason}, such as {@code NamespaceTerminating}. */
    public boolean hasCause(String causeReason) {
        return causes.stream().anyMatch(cause -> cause.reason().equals(causeReason));
    }

    /** Reads a {@code Status} object. */
    public static ApiStatus read(JsonCursor json) throws IOException {
        int code = 0;
        String reason = "";
        String message = "";
        Details details = Details.NONE;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "code" -> code = json.int32();
                case "reason" -> reason = json.text();
                case "message" -> message = json.text();
                case "details" -> details = Details.read(json);
                default -> json.skip();
            }
        }
        return new ApiStatus(code, reason, message, details.uid, details.causes, details.retryAfterSeconds);
    }

    private record Details(String uid, List<Cause> causes, int retryAfterSeconds) {
        private static final Details NONE = new Details("", List.of(), 0);

        private static Details read(JsonCursor json) throws IOException {
            String uid = "";
            List<Cause> causes = List.of();
            int retryAfterSeconds = 0;
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "uid" -> uid = json.text();
                    case "retryAfterSeconds" -> retryAfterSeconds = json.int32();
                    case "causes" -> causes = json.list(Details::readCause);
                    default -> json.skip();
                }
            }
            return new Details(uid, causes, retryAfterSeconds);
        }

        private static Cause readCause(JsonCursor json) throws IOException {
            String reason = "";
            String message = "";
            String field = "";
            json.beginObject();
            while (json.nextField()) {
                switch (json.field()) {
                    case "reason" -> reason = json.text();
                    case "message" -> message = json.text();
                    case "field" -> field = json.text();
                    default -> json.skip();
                }
            }
            return new Cause(reason, message, field);
        }
    }
}
