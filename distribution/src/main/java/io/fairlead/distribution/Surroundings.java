// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.environment.Environment;
import java.nio.file.Path;

/**
 * What a command finds when it is started.
 *
 * @param home where keys and kubeconfig are kept unless the command line says otherwise
 */
record Surroundings(Environment environment, Terminal terminal, Path home, Interruption interruption) {
    Surroundings {
        requireNonNull(environment, "environment");
        requireNonNull(terminal, "terminal");
        requireNonNull(home, "home");
        requireNonNull(interruption, "interruption");
    }
}
