// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a pod's status says of a container, as far as it is needed to write the next one. */
record ContainerStatus(String name, String image, int restarts, State state, Optional<Terminated> last) {
    /** Where a container stands. */
    sealed interface State {}

    /** It has not started, or waits to be started again. */
    record Waiting(String reason, String message) implements State {}

    /** It runs since then. */
    record Running(Instant since) implements State {}

    /** It has ended and will not be started again. */
    record Terminated(int exitCode, Instant startedAt, Instant finishedAt) implements State {
        String reason() {
            return exitCode == 0 ? "Completed" : "Error";
        }
    }

    boolean runs() {
        return state instanceof Running;
    }

    ContainerStatus with(State newState) {
        return new ContainerStatus(name, image, restarts, newState, last);
    }

    static List<ContainerStatus> readAll(JsonCursor json) throws IOException {
        return json.list(ContainerStatus::read);
    }

    private static ContainerStatus read(JsonCursor json) throws IOException {
        String name = "";
        String image = "";
        int restarts = 0;
        State state = new Waiting("", "");
        Optional<Terminated> last = Optional.empty();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "name" -> name = json.shared();
                case "image" -> image = json.shared();
                case "restartCount" -> restarts = json.int32();
                case "state" -> state = readState(json);
                case "lastState" -> last = readState(json) instanceof Terminated ended ? Optional.of(ended) : last;
                default -> json.skip();
            }
        }
        return new ContainerStatus(name, image, restarts, state, last);
    }

    private static State readState(JsonCursor json) throws IOException {
        State state = new Waiting("", "");
        json.beginObject();
        while (json.nextField()) {
            String kind = json.field();
            if (json.isNull()) {
                json.skip();
            } else {
                state = readState(kind, json);
            }
        }
        return state;
    }

    private static State readState(String kind, JsonCursor json) throws IOException {
        String reason = "";
        String message = "";
        int exitCode = 0;
        Instant startedAt = Instant.EPOCH;
        Instant finishedAt = Instant.EPOCH;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "reason" -> reason = json.shared();
                case "message" -> message = json.text();
                case "exitCode" -> exitCode = json.int32();
                case "startedAt" -> startedAt = json.time().orElse(Instant.EPOCH);
                case "finishedAt" -> finishedAt = json.time().orElse(Instant.EPOCH);
                default -> json.skip();
            }
        }
        return switch (kind) {
            case "running" -> new Running(startedAt);
            case "terminated" -> new Terminated(exitCode, startedAt, finishedAt);
            default -> new Waiting(reason, message);
        };
    }
}
