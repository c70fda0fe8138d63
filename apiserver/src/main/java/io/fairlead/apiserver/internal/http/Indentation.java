// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Body;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** JSON for people: one member a line, as the original writes it for browsers and whoever asks for {@code pretty}. Pure. */
final class Indentation {
    private static final String JSON = "application/json";

    /** How the programs begin to name themselves in front of which a person is taken to sit. */
    private static final List<String> BROWSERS = List.of("curl", "Wget", "Mozilla/5.0");

    private Indentation() {}

    /** Whether the sender of {@code request} wants to read the answer. */
    static boolean isWanted(ApiRequest request) {
        if (request.query().contains("pretty=")) {
            String wish = Query.parse(request.query()).text("pretty");
            if (!wish.isEmpty()) {
                return isTrue(wish);
            }
        }
        String agent = request.header("user-agent");
        return BROWSERS.stream().anyMatch(agent::startsWith);
    }

    /** What Go takes for yes. */
    private static boolean isTrue(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            default -> false;
        };
    }

    /** {@code response} indented, if it is one piece of JSON. */
    static ApiResponse of(ApiResponse response) {
        boolean json = response.headers().getOrDefault("Content-Type", List.of()).stream()
                .anyMatch(type -> type.startsWith(JSON));
        if (!json || !(response.body() instanceof Body.Whole whole)) {
            return response;
        }
        Writer writer = new Writer();
        whole.segments().forEach(writer::write);
        return new ApiResponse(
                response.status(), response.headers(), new Body.Whole(List.of(writer.out.toByteArray())));
    }

    /** Takes JSON without blanks, in pieces. */
    private static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int depth;
        private boolean inText;
        private boolean escaped;

        /** The last byte was the beginning of an object or a list, which may have no end of its own line. */
        private boolean opened;

        void write(byte[] segment) {
            for (byte c : segment) {
                if (inText) {
                    out.write(c);
                    inText = escaped || c != '"';
                    escaped = !escaped && c == '\\';
                } else {
                    outsideOfText(c);
                }
            }
        }

        private void outsideOfText(byte c) {
            switch (c) {
                case '{', '[' -> {
                    value(c);
                    depth++;
                    opened = true;
                }
                case '}', ']' -> {
                    depth--;
                    if (!opened) {
                        line();
                    }
                    opened = false;
                    out.write(c);
                }
                case ',' -> {
                    out.write(c);
                    line();
                }
                case ':' -> {
                    out.write(c);
                    out.write(' ');
                }
                case '\n', ' ' -> {
                    // There are no blanks but the end of the whole, which has none here.
                }
                default -> {
                    value(c);
                    inText = c == '"';
                }
            }
        }

        private void value(byte c) {
            if (opened) {
                line();
                opened = false;
            }
            out.write(c);
        }

        private void line() {
            out.write('\n');
            for (int i = 0; i < depth; i++) {
                out.write(' ');
                out.write(' ');
            }
        }
    }
}
