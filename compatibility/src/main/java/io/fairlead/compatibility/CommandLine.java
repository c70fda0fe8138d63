// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.util.List;

/** How scenarios run kubectl. */
interface CommandLine {
    /** How a command ended, and what it printed. */
    record Result(int exit, String out, String err) {}

    /** Runs kubectl with {@code arguments} against the cluster of the scenario, and waits for it. */
    Result run(List<String> arguments) throws InterruptedException;
}
