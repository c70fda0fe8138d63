// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineCutterTest {
    private final LineCutter cutter = new LineCutter();
    private final List<String> lines = new ArrayList<>();

    private void accept(ByteBuffer piece) throws IOException {
        cutter.accept(
                piece, (bytes, offset, length) -> lines.add(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }

    private static ByteBuffer piece(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void handsOnALineWhereItLies() throws IOException {
        byte[] bytes = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        cutter.accept(ByteBuffer.wrap(bytes), (array, offset, length) -> arrays.add(array));

        assertThat(arrays).hasSize(2).allMatch(array -> array == bytes);
    }

    @Test
    void putsALineTogetherAcrossPieces() throws IOException {
        accept(piece("on"));
        accept(piece(""));
        accept(piece("e\ntw"));
        assertThat(cutter.cut()).isTrue();
        accept(piece("o\n"));

        assertThat(lines).containsExactly("one", "two");
        assertThat(cutter.cut()).isFalse();
    }

    @Test
    void findsALineFeedWhereverItIs() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = new byte[length];
                // Neighbours of the line feed in value, and the extremes.
                byte[] others = {0x0B, 0x09, (byte) 0x8A, 0, (byte) 0xFF};
                for (int i = 0; i < length; i++) {
                    bytes[i] = others[i % others.length];
                }
                assertThat(LineCutter.newline(bytes, 0, length)).isEqualTo(length);
                bytes[at] = '\n';
                assertThat(LineCutter.newline(bytes, 0, length)).isEqualTo(at);
                assertThat(LineCutter.newline(bytes, at + 1, length)).isEqualTo(length);
            }
        }
    }

    @Test
    void passesOverEmptyLines() throws IOException {
        accept(piece("\n\na\n\n"));

        assertThat(lines).containsExactly("a");
    }

    @Test
    void refusesALineThatNeverEnds() {
        byte[] part = new byte[1024 * 1024];
        Arrays.fill(part, (byte) 'x');
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= LineCutter.LINE_BYTES_MAX / part.length; i++) {
                        accept(ByteBuffer.wrap(part));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsTheSameLinesHoweverTheStreamIsCut(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> wanted = new ArrayList<>();
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String line = "é".repeat(random.nextInt(1, 2_000)) + i;
            wanted.add(line);
            stream.append(line).append('\n');
        }
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(5_000));
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
            accept(random.nextBoolean() ? piece : piece.asReadOnlyBuffer());
            at += length;
        }

        assertThat(lines).isEqualTo(wanted);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }
}
