// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.kubelet.ContainerStatus.Running;
import io.fairlead.kubelet.ContainerStatus.State;
import io.fairlead.kubelet.ContainerStatus.Terminated;
import io.fairlead.kubelet.ContainerStatus.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is next for a pod on a simulated node. Pure: the same pod at the same time always gets the same step. */
final class PodPlanner {
    /** The first restart is immediate; from the second on the wait doubles. */
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(10);

    private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);

    private static final Step REST = new Step.Rest();

    private PodPlanner() {}

    static Step plan(PodFacts pod, Instant now) {
        Wishes wishes = Wishes.of(pod.metadata());
        Optional<Instant> deletion = pod.metadata().deletionTimestamp();
        if (deletion.isPresent()) {
            return end(pod, wishes, deletion.get(), now);
        }
        if (pod.finished()) {
            return REST;
        }
        Optional<Instant> expiry = expiry(pod);
        if (expiry.isPresent() && !now.isBefore(expiry.get())) {
            return new Step.Expire();
        }
        Step step = pod.status().phase().equals("Running") ? run(pod, wishes, now) : start(pod, wishes, now);
        return expiry.isPresent() ? atLatest(step, Duration.between(now, expiry.get())) : step;
    }

    /** The deletion timestamp lies one grace period after the moment when somebody asked for it. */
    private static Step end(PodFacts pod, Wishes wishes, Instant deletion, Instant now) {
        Instant stopped = deletion.minus(pod.deletionGrace()).plus(wishes.stopAfter());
        Instant due = stopped.isBefore(deletion) ? stopped : deletion;
        return wishes.stopAfter().isZero() || !now.isBefore(due)
                ? new Step.Vanish()
                : new Step.Wait(Duration.between(now, due));
    }

    private static Optional<Instant> expiry(PodFacts pod) {
        Optional<Instant> started = pod.status().startedAt();
        Optional<Duration> deadline = pod.spec().deadline();
        return started.isPresent() && deadline.isPresent()
                ? Optional.of(started.get().plus(deadline.get()))
                : Optional.empty();
    }

    private static Step atLatest(Step step, Duration left) {
        return switch (step) {
            case Step.Rest ignored -> new Step.Wait(left);
            case Step.Wait(Duration duration) -> new Step.Wait(duration.compareTo(left) < 0 ? duration : left);
            case Step.Start start -> start;
            case Step.Stall stall -> stall;
            case Step.BecomeReady ready -> ready;
            case Step.Complete complete -> complete;
            case Step.Progress progress -> progress;
            case Step.Expire expire -> expire;
            case Step.Vanish vanish -> vanish;
        };
    }

    private static Step start(PodFacts pod, Wishes wishes, Instant now) {
        if (pod.status().ready()) {
            // Somebody else writes this pod's status.
            return REST;
        }
        Instant due = pod.boundAt().plus(wishes.startAfter());
        if (!wishes.startAfter().isZero() && now.isBefore(due)) {
            return new Step.Wait(Duration.between(now, due));
        }
        if (!wishes.fail().isEmpty()) {
            return stalled(pod, wishes.fail()) ? REST : new Step.Stall(wishes.fail());
        }
        return new Step.Start(wishes.readyAfter().isZero());
    }

    private static boolean stalled(PodFacts pod, String reason) {
        List<ContainerStatus> containers = pod.status().containers();
        return !containers.isEmpty()
                && containers.getFirst().state() instanceof Waiting(String current, String ignored)
                && current.equals(reason);
    }

    private static Step run(PodFacts pod, Wishes wishes, Instant now) {
        List<ContainerStatus> statuses = pod.status().containers();
        if (statuses.size() != pod.spec().containers().size()) {
            // Not a status of ours.
            return REST;
        }
        if (pod.ofJob() && saysNothing(pod, wishes)) {
            return new Step.Complete();
        }
        List<ContainerStatus> next = new ArrayList<>(statuses.size());
        Instant earliest = Instant.MAX;
        boolean changed = false;
        for (int i = 0; i < statuses.size(); i++) {
            ContainerStatus status = statuses.get(i);
            Run run = runOf(pod, pod.spec().containers().get(i), wishes);
            Instant due = due(status, run);
            boolean isDue = !now.isBefore(due);
            changed |= isDue;
            next.add(isDue ? next(pod, status, run, now) : status);
            earliest = due.isBefore(earliest) ? due : earliest;
        }
        if (changed) {
            return new Step.Progress(next, phase(next));
        }
        return readiness(pod, wishes, earliest, now);
    }

    /** Nobody has said what the containers of the pod do. */
    private static boolean saysNothing(PodFacts pod, Wishes wishes) {
        return wishes.run().isEmpty()
                && pod.spec().containers().stream().allMatch(each -> each.run().isEmpty());
    }

    private static Run runOf(PodFacts pod, ContainerFacts container, Wishes wishes) {
        return wishes.run().or(container::run).orElse(pod.ofJob() ? new Run.Ends(Duration.ZERO, 0) : new Run.ForEver());
    }

    /** When the container's state changes by itself. */
    private static Instant due(ContainerStatus status, Run run) {
        return switch (status.state()) {
            case Terminated ignored -> Instant.MAX;
            case Running(Instant since) ->
                switch (run) {
                    case Run.ForEver ignored -> Instant.MAX;
                    case Run.Ends(Duration after, int ignored) -> since.plus(after);
                };
            case Waiting ignored ->
                status.last().isEmpty()
                        ? Instant.MAX
                        : status.last().get().finishedAt().plus(backoff(status.restarts()));
        };
    }

    /** The state after the one that is over. */
    private static ContainerStatus next(PodFacts pod, ContainerStatus status, Run run, Instant now) {
        if (!(status.state() instanceof Running(Instant since))
                || !(run instanceof Run.Ends(Duration ignored, int code))) {
            return status.with(new Running(now));
        }
        Terminated ended = new Terminated(code, since, now);
        if (!restarts(pod.spec().restartPolicy(), code)) {
            return status.with(ended);
        }
        int restarts = status.restarts() + 1;
        Duration backoff = backoff(restarts);
        State state = backoff.isZero()
                ? new Running(now)
                : new Waiting(
                        "CrashLoopBackOff",
                        "back-off " + backoff.toSeconds() + "s restarting failed container=" + status.name() + " pod="
                                + pod.metadata().name() + "_" + pod.metadata().namespace() + "("
                                + pod.metadata().uid() + ")");
        return new ContainerStatus(status.name(), status.image(), restarts, state, Optional.of(ended));
    }

    private static boolean restarts(String policy, int exitCode) {
        return policy.equals("Always") || (policy.equals("OnFailure") && exitCode != 0);
    }

    /** How long a container waits before its restart number {@code restart}. */
    static Duration backoff(int restart) {
        if (restart <= 1) {
            return Duration.ZERO;
        }
        Duration wait = BACKOFF_FIRST.multipliedBy(1L << Math.min(restart - 2, 10));
        return wait.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : wait;
    }

    private static String phase(List<ContainerStatus> containers) {
        boolean failed = false;
        for (ContainerStatus container : containers) {
            if (!(container.state() instanceof Terminated ended)) {
                return "Running";
            }
            failed |= ended.exitCode() != 0;
        }
        return failed ? "Failed" : "Succeeded";
    }

    private static Step readiness(PodFacts pod, Wishes wishes, Instant earliest, Instant now) {
        Instant due = earliest;
        if (!pod.status().ready() && !wishes.readyAfter().isZero() && allRun(pod)) {
            Instant ready = latestStart(pod).plus(wishes.readyAfter());
            if (!now.isBefore(ready)) {
                return new Step.BecomeReady();
            }
            due = ready.isBefore(due) ? ready : due;
        }
        return due.equals(Instant.MAX) ? REST : new Step.Wait(Duration.between(now, due));
    }

    private static boolean allRun(PodFacts pod) {
        return pod.status().containers().stream().allMatch(ContainerStatus::runs);
    }

    private static Instant latestStart(PodFacts pod) {
        Instant latest = Instant.EPOCH;
        for (ContainerStatus container : pod.status().containers()) {
            if (container.state() instanceof Running(Instant since) && since.isAfter(latest)) {
                latest = since;
            }
        }
        return latest;
    }
}
