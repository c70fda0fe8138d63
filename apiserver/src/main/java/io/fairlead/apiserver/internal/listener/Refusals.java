// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.listener;

import io.fairlead.apiserver.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers that a request gets before anybody has looked at what it wants. */
final class Refusals {
    private Refusals() {}

    /** The body is larger than {@link Limits#BODY_MAX_BYTES}. */
    static ApiResponse bodyTooLarge() {
        return failure(413, "RequestEntityTooLarge", "Request entity too large: limit is " + Limits.BODY_MAX_BYTES);
    }

    /** More than {@link Limits#REQUESTS_MAX} requests are being worked on. */
    static ApiResponse tooManyRequests() {
        return answer(
                429,
                "text/plain; charset=utf-8",
                "Too many requests, please try again later.\n",
                Map.of("Retry-After", List.of("1")));
    }

    /** The server failed in a way nobody foresaw; what happened is in its log. */
    static ApiResponse internalError() {
        return failure(500, "InternalError", "Internal error occurred: the server failed to answer; see its log");
    }

    private static ApiResponse failure(int code, String reason, String message) {
        String status =
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\""
                        + message + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}\n";
        return answer(code, "application/json", status, Map.of());
    }

    private static ApiResponse answer(int code, String type, String text, Map<String, List<String>> more) {
        Map<String, List<String>> headers = new LinkedHashMap<>(more);
        headers.put("Cache-Control", List.of("no-cache, private"));
        headers.put("Content-Type", List.of(type));
        return new ApiResponse(
                code, headers, new ApiResponse.Body.Whole(List.of(text.getBytes(StandardCharsets.UTF_8))));
    }
}
