// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a text is a schedule as {@code cron} reads them, and if not, why, in the words of the original's parser. */
final class CronSchedule {
    private static final Set<String> DESCRIPTORS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /** One of the five fields: its bounds, and the names that stand for its numbers from the lower bound on. */
    private record Part(long least, long most, List<String> names) {}

    private static final List<Part> PARTS = List.of(
            new Part(0, 59, List.of()),
            new Part(0, 23, List.of()),
            new Part(1, 31, List.of()),
            new Part(1, 12, MONTHS),
            new Part(0, 6, DAYS));

    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private CronSchedule() {}

    /** What is wrong with {@code schedule}; empty if nothing is. */
    static String problem(String schedule) {
        if (schedule.contains("TZ")) {
            return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        }
        if (schedule.startsWith("@")) {
            return descriptorProblem(schedule);
        }
        String[] fields = schedule.strip().split("\\s+", -1);
        if (fields.length != PARTS.size()) {
            return "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]";
        }
        try {
            for (int i = 0; i < fields.length; i++) {
                for (String range : fields[i].split(",", -1)) {
                    check(range, PARTS.get(i));
                }
            }
            return "";
        } catch (Malformed malformed) {
            return String.valueOf(malformed.getMessage());
        }
    }

    private static String descriptorProblem(String schedule) {
        if (DESCRIPTORS.contains(schedule)) {
            return "";
        }
        if (schedule.startsWith("@every ")) {
            String duration = schedule.substring("@every ".length());
            return isDuration(duration)
                    ? ""
                    : "failed to parse duration " + schedule + ": time: invalid duration " + GoText.quote(duration);
        }
        return "unrecognized descriptor: " + schedule;
    }

    /** Numbers, maybe with a fraction, each followed by a unit. */
    private static boolean isDuration(String text) {
        String rest = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return true;
        }
        int at = 0;
        while (at < rest.length()) {
            int start = at;
            while (at < rest.length() && (Character.isDigit(rest.charAt(at)) || rest.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < rest.length() && !Character.isDigit(rest.charAt(at)) && rest.charAt(at) != '.') {
                at++;
            }
            if (unit == start || !Set.of("ns", "us", "µs", "ms", "s", "m", "h").contains(rest.substring(unit, at))) {
                return false;
            }
        }
        return !rest.isEmpty();
    }

    private static void check(String range, Part part) {
        String[] steps = range.split("/", -1);
        String[] ends = steps[0].split("-", -1);
        boolean single = ends.length == 1;
        long from;
        long to;
        if (ends[0].equals("*") || ends[0].equals("?")) {
            from = part.least();
            to = part.most();
        } else {
            from = number(ends[0], part);
            if (ends.length > 2) {
                throw new Malformed("too many hyphens: " + range);
            }
            to = single ? from : number(ends[1], part);
        }
        long step = 1;
        if (steps.length == 2) {
            step = integer(steps[1]);
            to = single ? part.most() : to;
        } else if (steps.length > 2) {
            throw new Malformed("too many slashes: " + range);
        }
        if (from < part.least()) {
            throw new Malformed("beginning of range (" + from + ") below minimum (" + part.least() + "): " + range);
        }
        if (to > part.most()) {
            throw new Malformed("end of range (" + to + ") above maximum (" + part.most() + "): " + range);
        }
        if (from > to) {
            throw new Malformed("beginning of range (" + from + ") beyond end of range (" + to + "): " + range);
        }
        if (step == 0) {
            throw new Malformed("step of range should be a positive number: " + range);
        }
    }

    private static long number(String text, Part part) {
        int named = part.names().indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? part.least() + named : integer(text);
    }

    private static long integer(String text) {
        try {
            long number = Long.parseLong(text);
            if (number < 0) {
                throw new Malformed("negative number (" + number + ") not allowed: " + text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new Malformed("failed to parse int from " + text + ": strconv.Atoi: parsing " + GoText.quote(text)
                    + ": invalid syntax");
        }
    }
}
