// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchEventTest {
    private static WatchEvent<ObjectMetadata> decode(String line) throws IOException {
        byte[] bytes = Json.bytes("pad" + line);
        return WatchEvent.decode(bytes, 3, bytes.length - 3, Projection.metadata());
    }

    @Test
    void readsChanges() throws IOException {
        assertThat(decode(Json.event("ADDED", Json.pod("a", 3))))
                .isInstanceOfSatisfying(
                        WatchEvent.Present.class,
                        event -> assertThat(event.metadata().key()).isEqualTo(ObjectKey.of("default", "a")));
        assertThat(decode(Json.event("DELETED", Json.pod("a", 3)))).isInstanceOf(WatchEvent.Gone.class);
    }

    @Test
    void readsAnObjectThatComesBeforeItsType() throws IOException {
        assertThat(decode("{\"object\":" + Json.pod("a", 3) + ",\"type\":\"DELETED\"}"))
                .isInstanceOf(WatchEvent.Gone.class);
    }

    @Test
    void knowsTheBookmarkThatEndsTheInitialEvents() throws IOException {
        assertThat(decode(Json.bookmark(7, true))).isEqualTo(new WatchEvent.Bookmark<>("7", true));
        assertThat(decode(Json.bookmark(8, false))).isEqualTo(new WatchEvent.Bookmark<>("8", false));
    }

    @Test
    void readsTheServersReasons() throws IOException {
        assertThat(decode(Json.event("ERROR", Json.status(410, "Expired"))))
                .isInstanceOfSatisfying(
                        WatchEvent.Failed.class,
                        event -> assertThat(event.status().code()).isEqualTo(410));
    }

    @Test
    void knowsTheKeyOfAnObjectThatItsProjectionCannotRead() throws IOException {
        Projection<ObjectMetadata> broken = Projection.facts(
                "broken",
                json -> {
                    json.beginObject();
                    json.nextField();
                    throw new IllegalStateException("cannot");
                },
                object -> object);
        byte[] line = Json.bytes(Json.event("MODIFIED", Json.pod("a", 3)));

        assertThat(WatchEvent.decode(line, 0, line.length, broken))
                .isInstanceOfSatisfying(WatchEvent.Unreadable.class, event -> {
                    assertThat(event.metadata().name()).isEqualTo("a");
                    assertThat(event.problem()).contains("cannot");
                });
    }

    @Test
    void knowsTheKeyOfAnObjectWhoseMetadataItsProjectionCannotTell() throws IOException {
        Projection<String> broken = Projection.facts(
                "broken",
                json -> {
                    json.skip();
                    return "no object";
                },
                object -> {
                    throw new IllegalStateException("cannot");
                });
        byte[] line = Json.bytes(Json.event("ADDED", Json.pod("a", 3)));

        assertThat(WatchEvent.decode(line, 0, line.length, broken))
                .isInstanceOfSatisfying(
                        WatchEvent.Unreadable.class,
                        event -> assertThat(event.metadata().name()).isEqualTo("a"));
    }

    @Test
    void refusesWhatIsNoEvent() {
        assertThatThrownBy(() -> decode("<html>")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("{'type':'RENAMED','object':{}}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode("{'type':'ADDED','object':{'metadata':{"))
                .isInstanceOf(IOException.class);
    }
}
