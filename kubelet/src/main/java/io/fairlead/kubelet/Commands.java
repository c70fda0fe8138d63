// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Understands the few commands that people put into containers which are to end, or to do nothing. Pure. */
final class Commands {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
    /** They end at once and change nothing that anybody could see here. */
    private static final Set<String> QUICK = Set.of("true", ":", "echo", "date", "hostname", "pwd", "printf");
    /** Longer than anybody waits for a simulation, short enough to count with. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private Commands() {}

    /** What a container with this command line does; empty if that is not known. */
    static Optional<Run> understand(List<String> command, List<String> args) {
        List<String> line = new ArrayList<>(command);
        line.addAll(args);
        return line.isEmpty() ? Optional.empty() : understand(line);
    }

    private static Optional<Run> understand(List<String> line) {
        String program = nameOf(line.getFirst());
        if (SHELLS.contains(program)) {
            return line.size() >= 3 && line.get(1).matches("-[a-z]*c")
                    ? understandScript(line.get(2))
                    : Optional.empty();
        }
        if (QUICK.contains(program)) {
            return Optional.of(new Run.Ends(Duration.ZERO, 0));
        }
        return switch (program) {
            case "false" -> Optional.of(new Run.Ends(Duration.ZERO, 1));
            case "exit" -> exitCode(line).map(code -> new Run.Ends(Duration.ZERO, code));
            case "sleep" -> sleep(line.subList(1, line.size()));
            case "pause" -> Optional.of(new Run.ForEver());
            case "tail" -> line.contains("-f") ? Optional.of(new Run.ForEver()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Commands one after the other; the script is given up at the first that is not understood. */
    private static Optional<Run> understandScript(String script) {
        Duration after = Duration.ZERO;
        int code = 0;
        for (String part : script.strip().split("\\s*(;|&&|\n)\\s*", -1)) {
            if (part.isBlank()) {
                continue;
            }
            List<String> words = Arrays.asList(part.strip().split("\\s+"));
            Optional<Run> run = understand(words);
            if (run.isEmpty()) {
                return run;
            }
            switch (run.get()) {
                case Run.ForEver forEver -> {
                    return Optional.of(forEver);
                }
                case Run.Ends(Duration more, int exitCode) -> {
                    after = after.plus(more);
                    code = exitCode;
                }
            }
            if (words.getFirst().equals("exit")) {
                break;
            }
        }
        return Optional.of(new Run.Ends(after, code));
    }

    private static Optional<Integer> exitCode(List<String> line) {
        try {
            return Optional.of(line.size() < 2 ? 0 : Integer.parseInt(line.get(1)) & 255);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Run> sleep(List<String> spans) {
        Duration sum = Duration.ZERO;
        for (String span : spans) {
            if (span.equals("infinity") || span.equals("inf")) {
                return Optional.of(new Run.ForEver());
            }
            Optional<Duration> more = duration(span);
            if (more.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(more.get());
        }
        return spans.isEmpty() ? Optional.empty() : Optional.of(new Run.Ends(sum, 0));
    }

    /** {@code 5}, {@code 1.5s}, {@code 200ms}, {@code 2m}, {@code 1h30m}; empty if it is none. */
    static Optional<Duration> duration(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int number = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            Optional<Duration> part = duration(text.substring(number, unit), text.substring(unit, at));
            if (part.isEmpty()) {
                return part;
            }
            sum = sum.plus(part.get());
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(sum.compareTo(LONGEST) > 0 ? LONGEST : sum);
    }

    private static Optional<Duration> duration(String number, String unit) {
        long millis =
                switch (unit) {
                    case "ms" -> 1;
                    case "", "s" -> 1_000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> 0;
                };
        try {
            BigDecimal span = new BigDecimal(number).multiply(BigDecimal.valueOf(millis));
            return millis == 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(
                            span.min(BigDecimal.valueOf(LONGEST.toMillis())).longValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String nameOf(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
