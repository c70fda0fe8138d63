// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    @TempDir
    Path home = Path.of("");

    private Shell shell = new Shell(home);

    @BeforeEach
    void open() {
        shell = new Shell(home);
    }

    @Nested
    class Help {
        @Test
        void namesEveryCommand() {
            assertThat(shell.run("--help")).isZero();
            assertThat(shell.out()).contains("up ", "apiserver ", "demo ").doesNotContain("rehearse");
        }

        @ParameterizedTest
        @ValueSource(strings = {"up", "apiserver"})
        void explainsEveryOption(String command) {
            assertThat(shell.run(command, "--help")).isZero();
            assertThat(shell.out()).contains("--port=P", "--store=STORE", "--kubeconfig=FILE");
        }

        @Test
        void isWhatOneGetsWithoutACommand() {
            assertThat(shell.run()).isZero();
            assertThat(shell.out()).contains("Usage: fairlead");
        }

        @Test
        void saysWhichKubernetesIsMeant() {
            assertThat(shell.run("--version")).isZero();
            assertThat(shell.out()).startsWith("fairlead ").contains("(Kubernetes 1.36.3)");
        }
    }

    @Nested
    class AWrongCommandLine {
        @Test
        void isSaidInOneSentence() {
            assertThat(shell.run("up", "--prot", "1")).isEqualTo(2);
            assertThat(shell.err()).isEqualTo("fairlead up: Unknown options: '--prot', '1'; see fairlead up --help\n");
        }

        @Test
        void mayBeAPortThatIsNone() {
            assertThat(shell.run("up", "--port", "70000")).isEqualTo(1);
            assertThat(shell.err()).isEqualTo("fairlead: --port must be from 0 to 65535, is 70000\n");
        }

        @Test
        void mayBeAStoreThatThereIsNot() {
            assertThat(shell.run("apiserver", "--store", "paper")).isEqualTo(1);
            assertThat(shell.err()).isEqualTo("fairlead: there is no store \"paper\"; there is: memory\n");
        }

        @Test
        void mayBeANumberOfNodesThatIsNone() {
            assertThat(shell.run("up", "--nodes", "many")).isEqualTo(2);
            assertThat(shell.err()).contains("--nodes").hasLineCount(1);
            assertThat(new Shell(home).run("up", "--nodes", "-1")).isEqualTo(1);
        }
    }

    @Nested
    class WhatCannotBeDone {
        @Test
        void isSaidOfATakenPort() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String port = Integer.toString(taken.getLocalPort());

                assertThat(shell.run("apiserver", "--port", port)).isEqualTo(1);

                assertThat(shell.err())
                        .isEqualTo("fairlead: port " + port
                                + " of 127.0.0.1 is not free; choose another with --port (0 takes a free one)\n");
            }
        }

        @Test
        void isSaidOfAKubeconfigInNoFolder() throws IOException {
            Path file = Files.writeString(home.resolve("file"), "");

            assertThat(shell.run(
                            "apiserver",
                            "--port",
                            "0",
                            "--kubeconfig",
                            file.resolve("config").toString()))
                    .isEqualTo(1);
            assertThat(shell.err())
                    .startsWith("fairlead: cannot ")
                    .contains("kubeconfig")
                    .hasLineCount(1);
        }

        @Test
        void isSaidOfSomebodyElsesKubeconfig() throws IOException {
            Path file = Files.writeString(home.resolve("config"), "current-context: production\n");

            assertThat(shell.run("up", "--port", "0", "--kubeconfig", file.toString()))
                    .isEqualTo(1);

            assertThat(shell.err()).contains("is not one of fairlead's and is left alone");
            assertThat(file).hasContent("current-context: production\n");
        }

        @Test
        void isSaidOfKeysThatCannotBeKept() throws IOException {
            Path file = Files.writeString(home.resolve("file"), "");

            assertThat(new Shell(file)
                            .run(
                                    "apiserver",
                                    "--port",
                                    "0",
                                    "--kubeconfig",
                                    home.resolve("k").toString()))
                    .isEqualTo(1);
        }
    }
}
