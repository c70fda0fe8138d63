// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonReader;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MalformedJsonException;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.Base64;

/**
 * Where the next page of a list begins.
 *
 * @param revision of the list; -1 for whatever is current
 * @param start the first key wanted, without the prefix of the list
 */
record ContinueToken(long revision, String start) {
    private static final String VERSION = "meta.k8s.io/v1";

    String encode() {
        JsonObject token =
                new JsonObject().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(token));
    }

    /** @throws StatusException if it is none of ours */
    static ContinueToken decode(String text) {
        JsonObject token = read(text);
        if (!token.text("v").equals(VERSION)) {
            throw invalid("server does not recognize this encoded version " + token.text("v"));
        }
        long revision = token.number("rv");
        String start = token.text("start");
        if (revision == 0) {
            throw invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        if (start.isEmpty()) {
            throw invalid("encoded start key empty (version meta.k8s.io/v1)");
        }
        if (("/" + start + "/").contains("/../")) {
            throw invalid(start);
        }
        return new ContinueToken(revision, start.startsWith("/") ? start.substring(1) : start);
    }

    private static JsonObject read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw invalid("illegal base64 data at input byte " + text.length());
        }
        try {
            return JsonReader.read(bytes) instanceof JsonObject object ? object : new JsonObject();
        } catch (MalformedJsonException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static StatusException invalid(String why) {
        return ApiStatus.badRequest("invalid continue token: continue key is not valid: " + why)
                .exception();
    }
}
