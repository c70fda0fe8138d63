// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "true; 0; 0",
                "/bin/true; 0; 0",
                "false; 0; 1",
                "sleep 3; 3000; 0",
                "sleep 1m 0.5; 60500; 0",
                "sh -c exit; 0; 0",
                "echo hello; 0; 0",
            })
    void thatEndAreUnderstood(String line, long millis, int exitCode) {
        assertThat(Commands.understand(List.of(line.split(" ")), List.of()))
                .contains(new Run.Ends(Duration.ofMillis(millis), exitCode));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 3 | 0 | 3",
                "sleep 2; exit 1 | 2000 | 1",
                "echo hello && sleep 1 && true | 1000 | 0",
                "exit 1; sleep 100 | 0 | 1",
                "sleep 1; | 1000 | 0",
            })
    void inScriptsAddUp(String script, long millis, int exitCode) {
        assertThat(Commands.understand(List.of("/bin/sh", "-c"), List.of(script)))
                .contains(new Run.Ends(Duration.ofMillis(millis), exitCode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep infinity", "/pause", "tail -f /dev/null"})
    void thatNeverEndAreUnderstood(String line) {
        assertThat(Commands.understand(List.of(), List.of(line.split(" ")))).contains(new Run.ForEver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx -g daemon", "sleep soon", "sh", "bash script.sh", "exit x"})
    void otherwiseAreNot(String line) {
        assertThat(Commands.understand(List.of(line.split(" ")), List.of())).isEmpty();
    }

    @Test
    void noneAtAllIsNotUnderstood() {
        assertThat(Commands.understand(List.of(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 5000", "5s, 5000", "200ms, 200", "1h30m, 5400000", "1.5m, 90000", "99999999999d, 31536000000"})
    void durationsAreReadLikeGoWritesThem(String text, long millis) {
        assertThat(Commands.duration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "-5s", "5 s", "1.2.3"})
    void whatIsNoDurationIsNone(String text) {
        assertThat(Commands.duration(text)).isEmpty();
    }
}
