// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.framework.InformerProtocol.Input;
import io.fairlead.framework.InformerProtocol.Output;
import io.fairlead.framework.InformerProtocol.Phase;
import io.fairlead.framework.InformerProtocol.State;
import io.fairlead.framework.InformerProtocol.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InformerProtocolTest {
    private static Step after(Input... inputs) {
        Step step = new Step(State.NEW, List.of());
        for (Input input : inputs) {
            step = InformerProtocol.step(step.state(), input);
        }
        return step;
    }

    private static final Input GO = new Input.Go();
    private static final Input END = new Input.Bookmark("7", true);

    @Nested
    class Starting {
        @Test
        void asksForAWatchThatBeginsWithAllObjects() {
            assertThat(after(GO).outputs()).containsExactly(new Output.Discard(), new Output.Read(""));
        }

        @Test
        void collectsUntilTheServerSaysThatThisIsAll() {
            assertThat(after(GO, new Input.Changed("3")).outputs()).containsExactly(new Output.Collect());
            Step step = after(GO, new Input.Changed("3"), END);
            assertThat(step.outputs()).containsExactly(new Output.Replace("7"));
            assertThat(step.state().phase()).isEqualTo(Phase.WATCHING);
        }

        @Test
        void beginsAnewWhenTheStreamBreaksBeforeThat() {
            Step step = after(GO, new Input.Changed("3"), new Input.Ended(true));
            assertThat(step.outputs()).containsExactly(new Output.Pause(Duration.ofMillis(100), false));
            assertThat(InformerProtocol.step(step.state(), GO).outputs())
                    .containsExactly(new Output.Discard(), new Output.Read(""));
        }

        @Test
        void listsWhenTheWatchIsRefused() {
            Step step = after(GO, new Input.Refused(422, 0));
            assertThat(step.outputs()).containsExactly(new Output.Discard(), new Output.ReadPage("", false));
            assertThat(step.state().initialRefused()).isTrue();
        }

        @Test
        void listsWhenTheServerKeepsSilent() {
            assertThat(after(GO, new Input.Broken()).outputs())
                    .containsExactly(new Output.Close(), new Output.Discard(), new Output.ReadPage("", false));
        }

        @Test
        void waitsWhenTheServerIsOverloaded() {
            assertThat(after(GO, new Input.Refused(429, 3)).outputs())
                    .containsExactly(new Output.Pause(Duration.ofSeconds(3), true));
            assertThat(after(GO, new Input.Refused(503, 0)).outputs())
                    .containsExactly(new Output.Pause(Duration.ofMillis(100), false));
        }
    }

    @Nested
    class Listing {
        private final Input[] listing = {GO, new Input.Refused(400, 0)};

        private Step then(Input... more) {
            List<Input> all = new ArrayList<>(List.of(listing));
            all.addAll(List.of(more));
            return after(all.toArray(Input[]::new));
        }

        @Test
        void readsAllPagesAndThenWatches() {
            assertThat(then(new Input.Page("5", "more")).outputs()).containsExactly(new Output.ReadPage("more", false));
            assertThat(then(new Input.Page("5", "more"), new Input.Page("5", ""))
                            .outputs())
                    .containsExactly(new Output.Replace("5"), new Output.Read("5"));
        }

        @Test
        void readsInOnePieceWhenPagesExpire() {
            Step step = then(new Input.Page("5", "more"), new Input.Refused(410, 0), GO);
            assertThat(step.outputs()).containsExactly(new Output.Discard(), new Output.ReadPage("", true));
        }

        @Test
        void listsAgainAfterAFailure() {
            Step step = then(new Input.Ended(false), GO);
            assertThat(step.outputs()).containsExactly(new Output.Discard(), new Output.ReadPage("", false));
        }
    }

    @Nested
    class Watching {
        private final State watching = after(GO, END).state();

        private Step then(Input... inputs) {
            Step step = new Step(watching, List.of());
            for (Input input : inputs) {
                step = InformerProtocol.step(step.state(), input);
            }
            return step;
        }

        @Test
        void goesOnWhereItWas() {
            Step step = then(new Input.Changed("9"), new Input.Ended(true));
            assertThat(step.outputs()).containsExactly(new Output.Read("9"));
        }

        @Test
        void remembersBookmarks() {
            assertThat(then(new Input.Bookmark("12", false)).outputs()).containsExactly(new Output.Reached("12"));
            assertThat(then(new Input.Bookmark("12", false), new Input.Ended(true))
                            .outputs())
                    .containsExactly(new Output.Read("12"));
        }

        @Test
        void waitsLongerAndLongerWhenStreamsEndAtOnce() {
            List<Duration> pauses = new ArrayList<>();
            State state = watching;
            for (int i = 0; i < 14; i++) {
                Step step = InformerProtocol.step(state, new Input.Ended(false));
                pauses.add(((Output.Pause) step.outputs().getLast()).about());
                state = InformerProtocol.step(step.state(), GO).state();
            }
            assertThat(pauses).startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
            assertThat(pauses).isSorted().endsWith(InformerProtocol.PAUSE_MAX);
        }

        @Test
        void readsEverythingAnewWhenItsVersionHasExpired() {
            for (Input expired : List.of(new Input.Refused(410, 0), new Input.StreamError(410, 0))) {
                Step step = then(expired);
                assertThat(step.outputs()).contains(new Output.Pause(Duration.ofMillis(100), false));
                assertThat(InformerProtocol.step(step.state(), GO).outputs())
                        .containsExactly(new Output.Discard(), new Output.Read(""));
            }
        }

        @Test
        void backsOffWhenItExpiresAgainAndAgain() {
            State state = watching;
            Duration last = Duration.ZERO;
            for (int i = 0; i < 5; i++) {
                Step expired = InformerProtocol.step(state, new Input.StreamError(410, 0));
                Duration pause = ((Output.Pause) expired.outputs().getLast()).about();
                assertThat(pause).isGreaterThan(last);
                last = pause;
                state = InformerProtocol.step(
                                InformerProtocol.step(expired.state(), GO).state(), END)
                        .state();
            }
        }

        @Test
        void forgetsFailuresOnceSomethingHappens() {
            Step step = then(new Input.Ended(false), GO, new Input.Changed("20"), new Input.Ended(false));
            assertThat(step.outputs()).containsExactly(new Output.Pause(Duration.ofMillis(100), false));
        }

        @Test
        void givesUpResumingAfterAFewTries() {
            State state = watching;
            for (int i = 0; i < InformerProtocol.RESUMES_MAX; i++) {
                state = InformerProtocol.step(
                                InformerProtocol.step(state, new Input.Broken()).state(), GO)
                        .state();
                assertThat(state.phase()).isEqualTo(Phase.WATCHING);
            }
            assertThat(InformerProtocol.step(state, new Input.Broken()).state().phase())
                    .isEqualTo(Phase.INITIAL);
        }

        @Test
        void obeysRetryAfterWithinReason() {
            assertThat(then(new Input.StreamError(429, 5)).outputs())
                    .containsExactly(new Output.Close(), new Output.Pause(Duration.ofSeconds(5), true));
            assertThat(then(new Input.Refused(429, 86_400)).outputs())
                    .containsExactly(new Output.Pause(InformerProtocol.RETRY_AFTER_MAX, true));
        }
    }

    /** Whatever happens, the next thing to do is always known: a request under way, a stream open, or a pause. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverStandsStill(long seed) {
        Random random = new Random(seed);
        Step step = after(GO);
        boolean stream = true;
        for (int i = 0; i < 2_000; i++) {
            State before = step.state();
            Input input = before.paused() ? GO : draw(random, stream, before.phase());
            step = InformerProtocol.step(before, input);
            boolean ends = input instanceof Input.Ended || input instanceof Input.Refused;
            for (Output output : step.outputs()) {
                ends |= output instanceof Output.Close;
            }
            boolean goesOn = step.state().paused()
                    || step.outputs().stream()
                            .anyMatch(output -> output instanceof Output.Read || output instanceof Output.ReadPage)
                    || !ends;
            assertThat(goesOn).as("%s on %s gives %s", before, input, step).isTrue();
            stream = step.state().phase() != Phase.LISTING;
        }
    }

    private static Input draw(Random random, boolean stream, Phase phase) {
        int code = List.of(400, 403, 410, 422, 429, 500, 503).get(random.nextInt(7));
        if (!stream || phase == Phase.LISTING) {
            return switch (random.nextInt(3)) {
                case 0 -> new Input.Refused(code, random.nextInt(2));
                case 1 -> new Input.Ended(false);
                default -> new Input.Page("5", random.nextBoolean() ? "next" : "");
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Input.Refused(code, random.nextInt(2));
            case 1 -> new Input.Changed(Integer.toString(random.nextInt(100)));
            case 2 -> new Input.Bookmark("50", random.nextBoolean());
            case 3 -> new Input.StreamError(code, 0);
            case 4 -> new Input.Ended(random.nextBoolean());
            default -> new Input.Broken();
        };
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }
}
