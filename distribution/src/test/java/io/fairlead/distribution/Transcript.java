// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recorded session: commands in their order, and what the original's kubectl printed. */
record Transcript(String topic, String namespace, List<Step> steps) {
    private static final Pattern NAMESPACE = Pattern.compile("# namespace: (\\S+) ");
    private static final Pattern EXIT = Pattern.compile("\\[exit (\\d+)]");
    private static final String PREPARED = "# prepared: ";
    private static final String PREPARED_NEXT = "#           ";

    /**
     * One command.
     *
     * @param number from 1, counting only those whose output was recorded
     */
    record Step(int number, boolean recorded, String command, String out, String err, int exit) {}

    static Transcript read(String topic) {
        try (InputStream file = Transcript.class.getResourceAsStream("transcripts/" + topic + ".txt")) {
            String text = new String(requireNonNull(file, topic).readAllBytes(), UTF_8);
            return parse(topic, text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transcript parse(String topic, List<String> lines) {
        String namespace = "";
        List<Step> steps = new ArrayList<>();
        int recorded = 0;
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            Matcher named = NAMESPACE.matcher(line);
            if (named.find()) {
                namespace = named.group(1);
                at++;
            } else if (line.startsWith(PREPARED)) {
                StringBuilder command = new StringBuilder(line.substring(PREPARED.length()));
                at++;
                while (at < lines.size() && lines.get(at).startsWith(PREPARED_NEXT)) {
                    command.append('\n').append(lines.get(at).substring(PREPARED_NEXT.length()));
                    at++;
                }
                steps.add(new Step(0, false, command.toString(), "", "", 0));
            } else if (line.startsWith("$ ")) {
                int end = at;
                while (!EXIT.matcher(lines.get(end)).matches()) {
                    end++;
                }
                recorded++;
                steps.add(step(recorded, lines.subList(at, end + 1)));
                at = end + 1;
            } else {
                at++;
            }
        }
        return new Transcript(topic, namespace, List.copyOf(steps));
    }

    private static Step step(int number, List<String> lines) {
        StringBuilder command = new StringBuilder(lines.getFirst().substring(2));
        int at = 1;
        while (lines.get(at).startsWith("> ")) {
            command.append('\n').append(lines.get(at).substring(2));
            at++;
        }
        List<String> printed = lines.subList(at, lines.size() - 1);
        int stderr = printed.indexOf("[stderr]");
        List<String> out = stderr < 0 ? printed : printed.subList(0, stderr);
        List<String> err = stderr < 0 ? List.of() : printed.subList(stderr + 1, printed.size());
        Matcher exit = EXIT.matcher(lines.getLast());
        int code = exit.matches() ? Integer.parseInt(exit.group(1)) : -1;
        return new Step(number, true, command.toString(), String.join("\n", out), String.join("\n", err), code);
    }
}
