// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiRequest.Peer;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.ApiResponse.Body;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndentationTest {
    @Test
    void givesEachMemberALineOfItsOwn() {
        String json = "{\"a\":{\"b\":[1,\"x,{\\\"}\"],\"c\":{},\"d\":[]},\"e\":null}\n";

        assertThat(indented(json))
                .isEqualTo(
                        """
                        {
                          "a": {
                            "b": [
                              1,
                              "x,{\\"}"
                            ],
                            "c": {},
                            "d": []
                          },
                          "e": null
                        }""");
    }

    @ParameterizedTest
    @CsvSource({
        "'', kubectl/v1.36, false",
        "'', curl/8.5, true",
        "'', Mozilla/5.0 (X11), true",
        "pretty=true, kubectl/v1.36, true",
        "pretty=1, '', true",
        "pretty=0, curl/8.5, false",
        "limit=1&pretty=, Wget/1.21, true",
    })
    void isForThoseWhoReadIt(String query, String agent, boolean wanted) {
        ApiRequest request = new ApiRequest(
                "GET", "/api", query, Map.of("user-agent", List.of(agent)), new byte[0], new Peer.Anonymous());

        assertThat(Indentation.isWanted(request)).isEqualTo(wanted);
    }

    private static String indented(String json) {
        ApiResponse response = new ApiResponse(
                200,
                Map.of("Content-Type", List.of("application/json")),
                new Body.Whole(List.of(
                        json.substring(0, 5).getBytes(UTF_8), json.substring(5).getBytes(UTF_8))));
        return new String(
                ((Body.Whole) Indentation.of(response).body()).segments().getFirst(), UTF_8);
    }
}
