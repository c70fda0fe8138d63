// SPDX-License-Identifier: Apache-2.0
package io.fairlead.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelloClusterTest {
    @Test
    void printsAPodThatRuns() throws Exception {
        assertThat(Printed.by(HelloCluster::main))
                .containsPattern("web-[a-z0-9]+-[a-z0-9]{5} is Running on node-[0-2]");
    }
}
