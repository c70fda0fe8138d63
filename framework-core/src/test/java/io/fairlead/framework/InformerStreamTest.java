// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InformerStreamTest {
    private static final long SECOND = 1_000_000_000L;

    private final InformerStream stream = new InformerStream(1, 0, Duration.ofSeconds(330));
    private final Body body = new Body();

    private static final class Body implements AsyncBody {
        private int asked;
        private boolean cancelled;

        @Override
        public void consume() {
            asked++;
        }

        @Override
        public CompletableFuture<Void> done() {
            return new CompletableFuture<>();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void asksForOnePieceAtATime() {
        stream.opened(body, 0);
        assertThat(body.asked).isEqualTo(1);
        stream.more(SECOND);
        assertThat(body.asked).isEqualTo(2);
        stream.close();
        assertThat(body.cancelled).isTrue();
    }

    @Test
    void mayBeSilentForAsLongAsTheServerMayKeepItOpen() {
        stream.opened(body, SECOND);
        assertThat(stream.deadlineNanos()).isEqualTo(331 * SECOND);
        stream.brought(false);
        stream.more(2 * SECOND);
        assertThat(stream.deadlineNanos()).isEqualTo(332 * SECOND);
    }

    @Test
    void mayBeSilentForLessOnceBookmarksCome() {
        stream.opened(body, 0);
        stream.brought(true);
        stream.more(10 * SECOND);

        assertThat(stream.deadlineNanos()).isEqualTo(10 * SECOND + StreamInformer.SILENCE_MAX.toNanos());
    }

    @Test
    void wasFruitfulIfItBroughtSomethingOrLived() {
        assertThat(stream.fruitful(SECOND)).isFalse();
        assertThat(stream.fruitful(11 * SECOND)).isTrue();
        stream.brought(false);
        assertThat(stream.fruitful(SECOND)).isTrue();
    }
}
