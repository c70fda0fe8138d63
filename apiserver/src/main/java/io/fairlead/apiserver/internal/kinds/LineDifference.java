// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed between two values, told as a unified difference of their indented JSON, as the original's messages do.
 *
 * <p>It looks for the longest common run of lines first, and ignores lines that occur all over a long text when it does so;
 * another algorithm would find other, equally true, differences than the original tells.
 */
final class LineDifference {
    private static final int CONTEXT = 3;

    /** From this many lines on, lines that make up more than a hundredth of the text are too common to go by. */
    private static final int POPULAR_FROM = 200;

    private record Block(int a, int b, int size) {}

    /** One change, or one run of equal lines: lines {@code aFrom} to {@code aTo} became {@code bFrom} to {@code bTo}. */
    private record Step(boolean equal, int aFrom, int aTo, int bFrom, int bTo) {}

    private final List<String> a;
    private final List<String> b;
    private final Map<String, List<Integer>> places = new HashMap<>();

    private LineDifference(List<String> a, List<String> b) {
        this.a = a;
        this.b = b;
        for (int i = 0; i < b.size(); i++) {
            places.computeIfAbsent(b.get(i), line -> new ArrayList<>()).add(i);
        }
        if (b.size() >= POPULAR_FROM) {
            int most = b.size() / 100 + 1;
            places.values().removeIf(at -> at.size() > most);
        }
    }

    /** The difference between {@code old} and {@code next}; each line ends in a line feed. */
    static String between(JsonValue old, JsonValue next) {
        LineDifference difference = new LineDifference(lines(old), lines(next));
        StringBuilder text = new StringBuilder();
        for (List<Step> group : difference.groups()) {
            difference.write(group, text);
        }
        return text.toString();
    }

    private void write(List<Step> group, StringBuilder text) {
        Step first = group.get(0);
        Step last = group.get(group.size() - 1);
        text.append("@@ -")
                .append(range(first.aFrom(), last.aTo()))
                .append(" +")
                .append(range(first.bFrom(), last.bTo()))
                .append(" @@\n");
        for (Step step : group) {
            if (step.equal()) {
                a.subList(step.aFrom(), step.aTo())
                        .forEach(line -> text.append(' ').append(line).append('\n'));
            } else {
                a.subList(step.aFrom(), step.aTo())
                        .forEach(line -> text.append('-').append(line).append('\n'));
                b.subList(step.bFrom(), step.bTo())
                        .forEach(line -> text.append('+').append(line).append('\n'));
            }
        }
    }

    private static String range(int from, int to) {
        int length = to - from;
        if (length == 1) {
            return Integer.toString(from + 1);
        }
        return (length == 0 ? from : from + 1) + "," + length;
    }

    /** The changes with some lines around them; changes that are close together share a group. */
    private List<List<Step>> groups() {
        List<Step> steps = steps();
        List<List<Step>> groups = new ArrayList<>();
        List<Step> group = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!step.equal()) {
                group.add(step);
                continue;
            }
            boolean start = i == 0;
            boolean end = i == steps.size() - 1;
            int length = step.aTo() - step.aFrom();
            if (start) {
                group.add(tail(step));
            } else if (end) {
                group.add(head(step));
            } else if (length > 2 * CONTEXT) {
                group.add(head(step));
                groups.add(group);
                group = new ArrayList<>(List.of(tail(step)));
            } else {
                group.add(step);
            }
        }
        if (group.stream().anyMatch(step -> !step.equal())) {
            groups.add(group);
        }
        return groups;
    }

    private static Step head(Step step) {
        int length = Math.min(CONTEXT, step.aTo() - step.aFrom());
        return new Step(true, step.aFrom(), step.aFrom() + length, step.bFrom(), step.bFrom() + length);
    }

    private static Step tail(Step step) {
        int length = Math.min(CONTEXT, step.aTo() - step.aFrom());
        return new Step(true, step.aTo() - length, step.aTo(), step.bTo() - length, step.bTo());
    }

    private List<Step> steps() {
        List<Block> blocks = new ArrayList<>();
        match(0, a.size(), 0, b.size(), blocks);
        blocks.sort(Comparator.comparingInt(Block::a));
        blocks.add(new Block(a.size(), b.size(), 0));
        List<Step> steps = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (Block block : blocks) {
            if (i < block.a() || j < block.b()) {
                steps.add(new Step(false, i, block.a(), j, block.b()));
            }
            i = block.a() + block.size();
            j = block.b() + block.size();
            if (block.size() > 0) {
                Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
                if (before != null && before.equal()) {
                    steps.set(steps.size() - 1, new Step(true, before.aFrom(), i, before.bFrom(), j));
                } else {
                    steps.add(new Step(true, block.a(), i, block.b(), j));
                }
            }
        }
        return steps;
    }

    private void match(int aFrom, int aTo, int bFrom, int bTo, List<Block> blocks) {
        Block longest = longest(aFrom, aTo, bFrom, bTo);
        if (longest.size() == 0) {
            return;
        }
        match(aFrom, longest.a(), bFrom, longest.b(), blocks);
        blocks.add(longest);
        match(longest.a() + longest.size(), aTo, longest.b() + longest.size(), bTo, blocks);
    }

    private Block longest(int aFrom, int aTo, int bFrom, int bTo) {
        int bestA = aFrom;
        int bestB = bFrom;
        int bestSize = 0;
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = aFrom; i < aTo; i++) {
            Map<Integer, Integer> longer = new HashMap<>();
            for (int j : places.getOrDefault(a.get(i), List.of())) {
                if (j < bFrom || j >= bTo) {
                    continue;
                }
                int size = lengths.getOrDefault(j - 1, 0) + 1;
                longer.put(j, size);
                if (size > bestSize) {
                    bestA = i - size + 1;
                    bestB = j - size + 1;
                    bestSize = size;
                }
            }
            lengths = longer;
        }
        // Lines too common to go by still belong to the run that they stand beside.
        while (bestA > aFrom && bestB > bFrom && a.get(bestA - 1).equals(b.get(bestB - 1))) {
            bestA--;
            bestB--;
            bestSize++;
        }
        while (bestA + bestSize < aTo
                && bestB + bestSize < bTo
                && a.get(bestA + bestSize).equals(b.get(bestB + bestSize))) {
            bestSize++;
        }
        return new Block(bestA, bestB, bestSize);
    }

    private static List<String> lines(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(value, 0, text);
        return text.toString().lines().toList();
    }

    private static void write(JsonValue value, int depth, StringBuilder text) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            text.append('{');
            for (int i = 0; i < object.size(); i++) {
                text.append(i == 0 ? "\n" : ",\n").append(" ".repeat(depth + 1));
                text.append(GoText.json(new io.fairlead.apiserver.internal.codec.JsonString(object.nameAt(i))))
                        .append(": ");
                write(object.valueAt(i), depth + 1, text);
            }
            text.append('\n').append(" ".repeat(depth)).append('}');
        } else if (value instanceof JsonArray array && !array.isEmpty()) {
            text.append('[');
            for (int i = 0; i < array.size(); i++) {
                text.append(i == 0 ? "\n" : ",\n").append(" ".repeat(depth + 1));
                write(array.get(i), depth + 1, text);
            }
            text.append('\n').append(" ".repeat(depth)).append(']');
        } else {
            text.append(GoText.json(value));
        }
    }
}
