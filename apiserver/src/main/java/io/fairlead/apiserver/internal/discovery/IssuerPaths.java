// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.discovery;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.AccountTokens;
import io.fairlead.apiserver.internal.auth.SigningKey;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonWriter;
import io.fairlead.apiserver.internal.codec.MediaRange;
import io.fairlead.apiserver.internal.status.ApiStatus;
import java.util.List;
import java.util.Optional;

/** What those need who check the tokens of service accounts themselves: who issues them, and the key. Any thread may call it. */
final class IssuerPaths {
    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final String KEYS = "/openid/v1/jwks";
    private static final String JSON = "application/json";
    private static final String KEY_SET = "application/jwk-set+json";

    /** Keys change rarely; as long as upstream's. */
    private static final String AN_HOUR = "public, max-age=3600";

    private final SigningKey key;

    IssuerPaths(SigningKey key) {
        this.key = key;
    }

    /**
     * The answer, or nothing if the path is none of these.
     *
     * @param address host and port under which the client reaches the server
     */
    Optional<ApiResponse> answer(ApiRequest request, String address) {
        String path = request.path().endsWith("/")
                ? request.path().substring(0, request.path().length() - 1)
                : request.path();
        boolean configuration = path.equals(CONFIGURATION);
        if (!configuration && !path.equals(KEYS)) {
            return Optional.empty();
        }
        if (!request.method().equals("GET")) {
            throw ApiStatus.methodNotAllowed().exception();
        }
        String type = configuration ? JSON : KEY_SET;
        boolean wanted = MediaRange.parse(request.header("accept")).stream().anyMatch(each -> each.matches(type));
        if (!wanted) {
            throw Documents.notRepresented(type);
        }
        JsonObject document = configuration ? configuration(address) : keys();
        ApiResponse response = Documents.whole(type, JsonWriter.bytes(document));
        response.headers().put("Cache-Control", List.of(AN_HOUR));
        return Optional.of(response);
    }

    private static JsonObject configuration(String address) {
        return new JsonObject()
                .put("issuer", AccountTokens.ISSUER)
                .put("jwks_uri", "https://" + address + KEYS)
                .put("response_types_supported", JsonArray.ofStrings(List.of("id_token")))
                .put("subject_types_supported", JsonArray.ofStrings(List.of("public")))
                .put("id_token_signing_alg_values_supported", JsonArray.ofStrings(List.of(SigningKey.algorithm())));
    }

    private JsonObject keys() {
        SigningKey.PublicPart part = key.publicPart();
        JsonObject shown = new JsonObject()
                .put("use", "sig")
                .put("kty", "RSA")
                .put("kid", part.id())
                .put("alg", SigningKey.algorithm())
                .put("n", part.modulus())
                .put("e", part.exponent());
        return new JsonObject().put("keys", JsonArray.of(shown));
    }
}
