// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.ObjectMetadata;
import java.time.Duration;
import java.util.Optional;

/**
 * What annotations of a pod ask of the simulation; values that make no sense ask for nothing.
 *
 * @param fail why its containers never start; empty if they do
 */
record Wishes(
        Duration startAfter,
        Duration readyAfter,
        Optional<Duration> runFor,
        Optional<Integer> exitCode,
        String fail,
        Duration stopAfter) {
    private static final String PREFIX = "kubelet.fairlead.io/";
    private static final Wishes NONE =
            new Wishes(Duration.ZERO, Duration.ZERO, Optional.empty(), Optional.empty(), "", Duration.ZERO);

    static Wishes of(ObjectMetadata pod) {
        if (pod.annotations().isEmpty()) {
            return NONE;
        }
        return new Wishes(
                duration(pod, "start-after").orElse(Duration.ZERO),
                duration(pod, "ready-after").orElse(Duration.ZERO),
                duration(pod, "run-for"),
                exitCode(pod.annotation(PREFIX + "exit-code")),
                pod.annotation(PREFIX + "fail"),
                duration(pod, "stop-after").orElse(Duration.ZERO));
    }

    private static Optional<Duration> duration(ObjectMetadata pod, String name) {
        return Commands.duration(pod.annotation(PREFIX + name));
    }

    private static Optional<Integer> exitCode(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(text) & 255);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What the containers do, if an annotation says it. */
    Optional<Run> run() {
        return runFor.isEmpty() && exitCode.isEmpty()
                ? Optional.empty()
                : Optional.of(new Run.Ends(runFor.orElse(Duration.ZERO), exitCode.orElse(0)));
    }
}
