// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import java.util.SortedSet;
import java.util.TreeSet;

/** Numbers of steps as text: {@code 1 3-5 9}. */
final class StepRanges {
    private StepRanges() {}

    static SortedSet<Integer> parse(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : text.strip().split("\\s+", -1)) {
            int dash = part.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int to = dash < 0 ? from : Integer.parseInt(part.substring(dash + 1));
            for (int i = from; i <= to; i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    static String format(SortedSet<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        int from = -1;
        int to = -1;
        for (int number : numbers) {
            if (from >= 0 && number == to + 1) {
                to = number;
                continue;
            }
            append(text, from, to);
            from = number;
            to = number;
        }
        append(text, from, to);
        return text.toString();
    }

    private static void append(StringBuilder text, int from, int to) {
        if (from < 0) {
            return;
        }
        text.append(text.isEmpty() ? "" : " ").append(from);
        if (to > from) {
            text.append('-').append(to);
        }
    }
}
