// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.codec.JsonObject;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {
    @Test
    void showsWhatChangedWithThreeLinesAround() {
        JsonObject old = GoStructs.of(
                "EphemeralContainer", new JsonObject().put("name", "e").put("image", "i"));
        JsonObject next = GoStructs.of(
                "EphemeralContainer", new JsonObject().put("name", "e").put("image", "j"));

        assertThat(LineDifference.between(old, next))
                .isEqualTo(
                        """
                        @@ -1,6 +1,6 @@
                         {
                          "Name": "e",
                        - "Image": "i",
                        + "Image": "j",
                          "Command": null,
                          "Args": null,
                          "WorkingDir": "",
                        """);
    }

    @Test
    void saysNothingOfWhatIsTheSame() {
        JsonObject same = new JsonObject().put("a", 1);

        assertThat(LineDifference.between(same, same.deepCopy())).isEmpty();
    }

    @Test
    void tellsChangesThatAreFarApartSeparately() {
        JsonObject old = new JsonObject();
        for (int i = 0; i < 20; i++) {
            old.put("k" + i, i);
        }
        JsonObject next = old.deepCopy().put("k2", 99).put("k17", 99);

        assertThat(LineDifference.between(old, next))
                .contains("@@ -1,7 +1,7 @@")
                .contains("@@ -16,7 +16,7 @@");
    }
}
