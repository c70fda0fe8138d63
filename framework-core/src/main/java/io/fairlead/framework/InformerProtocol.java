// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.framework.InformerProtocol.Output.Apply;
import io.fairlead.framework.InformerProtocol.Output.Close;
import io.fairlead.framework.InformerProtocol.Output.Collect;
import io.fairlead.framework.InformerProtocol.Output.Discard;
import io.fairlead.framework.InformerProtocol.Output.Pause;
import io.fairlead.framework.InformerProtocol.Output.Read;
import io.fairlead.framework.InformerProtocol.Output.ReadPage;
import io.fairlead.framework.InformerProtocol.Output.Replace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an informer keeps up with the server: which request is next, what becomes of an event, how long to wait.
 *
 * <p>Pure: {@link #step} takes what happened and answers what to do; the driver has the clock, the streams and the cache. The way
 * things go:
 *
 * <pre>
 * INITIAL (watch that begins with all objects) --refused--&gt; LISTING (page by page)
 *    |  end of initial events                                  |  last page
 *    +--------------------------&gt; WATCHING &lt;-------------------+
 *                                    |  version expired, or too many failures in a row
 *                                    +--&gt; INITIAL or LISTING again, after a pause
 * </pre>
 */
final class InformerProtocol {
    /** First pause after a failure; doubles with each one in a row. Short enough to go unnoticed, long enough not to be a load. */
    static final Duration PAUSE_FIRST = Duration.ofMillis(100);

    /** No pause is longer, unless the server asks for it: an informer should notice within half a minute that all is well again. */
    static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    /** A server that asks for more is not obeyed beyond this: it may have been a slip, and nobody could shorten it. */
    static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(2);

    /** A stream that cannot be resumed after so many tries is given up, and everything is read anew. */
    static final int RESUMES_MAX = 5;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GONE = 410;

    private InformerProtocol() {}

    /** Where the informer is. */
    enum Phase {
        INITIAL,
        LISTING,
        WATCHING
    }

    /**
     * What the informer knows.
     *
     * @param version up to which the cache is known to be complete; empty if everything must be read
     * @param paused whether it waits before its next request
     * @param failures in a row, without progress
     * @param initialRefused whether the server refused a watch that begins with all objects
     * @param wholeList whether pages expired under our hands, so that the list is read in one piece
     */
    record State(Phase phase, String version, boolean paused, int failures, boolean initialRefused, boolean wholeList) {
        static final State NEW = new State(Phase.INITIAL, "", false, 0, false, false);

        private State failed() {
            return new State(phase, version, true, failures + 1, initialRefused, wholeList);
        }

        private State forgetting() {
            Phase first = initialRefused ? Phase.LISTING : Phase.INITIAL;
            return new State(first, "", true, failures + 1, initialRefused, wholeList);
        }

        private State at(String newVersion) {
            if (newVersion.isEmpty()) {
                return this;
            }
            return new State(phase, newVersion, false, 0, initialRefused, wholeList);
        }

        private State watching(String newVersion) {
            return new State(Phase.WATCHING, newVersion, false, failures, initialRefused, wholeList);
        }

        private State resumed() {
            return new State(phase, version, false, failures, initialRefused, wholeList);
        }

        private State refused() {
            return new State(Phase.LISTING, "", false, failures, true, wholeList);
        }

        private State whole() {
            return new State(Phase.LISTING, "", true, failures + 1, initialRefused, true);
        }
    }

    /** What happened. */
    sealed interface Input {
        /** The informer was started, or its pause is over. */
        record Go() implements Input {}

        /** The server answered a stream's or a page's request with something other than success. */
        record Refused(int code, int retryAfterSeconds) implements Input {}

        /** An object came on the stream. */
        record Changed(String version) implements Input {}

        /** A bookmark came on the stream; perhaps the one that ends the initial events. */
        record Bookmark(String version, boolean initialEnd) implements Input {}

        /** The server said on the stream why it cannot go on. */
        record StreamError(int code, int retryAfterSeconds) implements Input {}

        /** The stream ended. {@code fruitful} if it lived for a while or brought something. */
        record Ended(boolean fruitful) implements Input {}

        /** The stream has been silent for longer than a living one can be, or brought what is no frame. */
        record Broken() implements Input {}

        /** A page was read. {@code next} is empty after the last one. */
        record Page(String version, String next) implements Input {}
    }

    /** What to do. */
    sealed interface Output {
        /** Open a stream: one that begins with all objects if {@code version} is empty. */
        record Read(String version) implements Output {}

        /** Ask for a page: the first one if {@code next} is empty. */
        record ReadPage(String next, boolean whole) implements Output {}

        /** Close the stream. */
        record Close() implements Output {}

        /** Forget what has been collected. */
        record Discard() implements Output {}

        /** Put the event's object among those collected. */
        record Collect() implements Output {}

        /** Put the event's object into the cache. */
        record Apply() implements Output {}

        /** The cache becomes what has been collected, which is complete at this version. */
        record Replace(String version) implements Output {}

        /** The cache is complete at this version. */
        record Reached(String version) implements Output {}

        /** Wait about so long, then say {@link Input.Go}; {@code exact} if the server named the time. */
        record Pause(Duration about, boolean exact) implements Output {}
    }

    /** The state after something happened, and what to do about it, in order. */
    record Step(State state, List<Output> outputs) {}

    // Constant answers: these two are what happens with nearly every event.
    private static final List<Output> APPLY = List.of(new Apply());
    private static final List<Output> COLLECT = List.of(new Collect());

    static Step step(State state, Input input) {
        return switch (input) {
            case Input.Go() -> go(state);
            case Input.Refused(int code, int retryAfterSeconds) -> refused(state, code, retryAfterSeconds);
            case Input.Changed(String version) ->
                state.phase() == Phase.WATCHING ? new Step(state.at(version), APPLY) : new Step(state, COLLECT);
            case Input.Bookmark(String version, boolean initialEnd) -> bookmark(state, version, initialEnd);
            case Input.StreamError(int code, int retryAfterSeconds) -> streamError(state, code, retryAfterSeconds);
            case Input.Ended(boolean fruitful) -> ended(state, fruitful);
            case Input.Broken() -> broken(state);
            case Input.Page(String version, String next) -> page(state, version, next);
        };
    }

    private static Step go(State state) {
        State resumed = state.resumed();
        return switch (resumed.phase()) {
            case INITIAL -> new Step(resumed, List.of(new Discard(), new Read("")));
            case LISTING -> new Step(resumed, List.of(new Discard(), new ReadPage("", resumed.wholeList())));
            case WATCHING -> new Step(resumed, List.of(new Read(resumed.version())));
        };
    }

    private static Step refused(State state, int code, int retryAfterSeconds) {
        boolean passing = code == TOO_MANY_REQUESTS || code >= 500;
        if (passing) {
            return pause(state.failed(), retryAfterSeconds);
        }
        return switch (state.phase()) {
            // Whatever the reason, a plain list says so too if it is not about this form of watch.
            case INITIAL -> new Step(state.refused(), List.of(new Discard(), new ReadPage("", state.wholeList())));
            case LISTING -> pause(code == GONE ? state.whole() : state.failed(), retryAfterSeconds);
            // Not authorized may pass; that the version is too old, or no version at all, does not.
            case WATCHING -> pause(code == 401 || code == 403 ? state.failed() : state.forgetting(), retryAfterSeconds);
        };
    }

    private static Step bookmark(State state, String version, boolean initialEnd) {
        if (state.phase() == Phase.WATCHING) {
            return new Step(state.at(version), List.of(new Output.Reached(version)));
        }
        if (!initialEnd) {
            return new Step(state, List.of());
        }
        return new Step(state.watching(version), List.of(new Replace(version)));
    }

    private static Step streamError(State state, int code, int retryAfterSeconds) {
        boolean passing = code == TOO_MANY_REQUESTS || code >= 500;
        State next = passing && state.failures() < RESUMES_MAX ? state.failed() : state.forgetting();
        return closing(pause(next, retryAfterSeconds));
    }

    private static Step ended(State state, boolean fruitful) {
        if (state.phase() != Phase.WATCHING) {
            return pause(state.failed(), 0);
        }
        if (fruitful) {
            return new Step(state.at(state.version()), List.of(new Read(state.version())));
        }
        return pause(state.failures() < RESUMES_MAX ? state.failed() : state.forgetting(), 0);
    }

    private static Step broken(State state) {
        return switch (state.phase()) {
            // Perhaps a server that ignores what it does not know, and never says that the initial events are over.
            case INITIAL ->
                new Step(state.refused(), List.of(new Close(), new Discard(), new ReadPage("", state.wholeList())));
            case LISTING -> closing(pause(state.failed(), 0));
            case WATCHING -> closing(pause(state.failures() < RESUMES_MAX ? state.failed() : state.forgetting(), 0));
        };
    }

    private static Step page(State state, String version, String next) {
        if (!next.isEmpty()) {
            return new Step(state, List.of(new ReadPage(next, false)));
        }
        return new Step(state.watching(version), List.of(new Replace(version), new Read(version)));
    }

    private static Step closing(Step step) {
        List<Output> outputs = new ArrayList<>(step.outputs());
        outputs.addFirst(new Close());
        return new Step(step.state(), outputs);
    }

    private static Step pause(State state, int retryAfterSeconds) {
        if (retryAfterSeconds > 0) {
            Duration asked = Duration.ofSeconds(retryAfterSeconds);
            return new Step(
                    state, List.of(new Pause(asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked, true)));
        }
        // 100 ms doubled nine times is more than the maximum: a larger shift would only overflow.
        int doublings = Math.min(Math.max(0, state.failures() - 1), 9);
        Duration pause = PAUSE_FIRST.multipliedBy(1L << doublings);
        return new Step(state, List.of(new Pause(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause, false)));
    }
}
