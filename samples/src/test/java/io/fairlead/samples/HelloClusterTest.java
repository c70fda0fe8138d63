// SPDX-License-Identifier: Apache-2.0
package io.fairlead.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HelloClusterTest {
    @Test
    void printsAPodThatRuns() throws Exception {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            HelloCluster.main(new String[0]);
        } finally {
            System.setOut(terminal);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("web-[a-z0-9]+-[a-z0-9]{5} is Running on node-[0-2]");
    }
}
