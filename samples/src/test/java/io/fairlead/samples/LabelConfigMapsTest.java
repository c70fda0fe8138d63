// SPDX-License-Identifier: Apache-2.0
package io.fairlead.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelConfigMapsTest {
    @Test
    void labelsWhatIsAnnotated() throws Exception {
        assertThat(Printed.by(LabelConfigMaps::main)).contains("settings has the label owner=team-a");
    }
}
