// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;

/** Times as the Kubernetes API writes them, read with Go's leniency and refused in Go's words. */
public final class GoTime {
    private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
    private static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";

    /** The seconds of Go's zero time, 1 January of the year 1. */
    private static final long ZERO_SECONDS = -62_135_596_800L;

    private GoTime() {}

    /** What became of reading a time. */
    public sealed interface Parsed {
        /** It is one. */
        record Good(Instant instant) implements Parsed {}

        /** It is none; {@code message} says why in Go's words. */
        record Bad(String message) implements Parsed {}
    }

    /** Reads the time of a {@code Time} field; fractions of a second are read too. */
    public static Parsed parseSeconds(String text) {
        return new Reader(text, false).read();
    }

    /** Reads the time of a {@code MicroTime} field, which needs six digits of a fraction. */
    public static Parsed parseMicros(String text) {
        return new Reader(text, true).read();
    }

    /** Whether {@code instant} is Go's zero time, which stands for none. */
    public static boolean isZero(Instant instant) {
        return instant.getEpochSecond() == ZERO_SECONDS && instant.getNano() == 0;
    }

    /** In whole seconds, such as {@code 2026-01-02T03:04:05Z}. */
    public static String formatSeconds(Instant instant) {
        return seconds(instant).append('Z').toString();
    }

    /** In microseconds, such as {@code 2026-01-02T03:04:05.000006Z}. */
    public static String formatMicros(Instant instant) {
        StringBuilder text = seconds(instant).append('.');
        padded(text, instant.get(ChronoField.MICRO_OF_SECOND), 6);
        return text.append('Z').toString();
    }

    /** Whether {@code text} is already what {@link #formatSeconds} would make of it. */
    static boolean isCanonicalSeconds(String text) {
        if (text.length() != 20) {
            return false;
        }
        for (int i = 0; i < 20; i++) {
            char wanted = "dddd-dd-ddTdd:dd:ddZ".charAt(i);
            char c = text.charAt(i);
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        // Whether the numbers are in range is left to the slow way, for all but the days that every month has.
        return number(text, 5) >= 1
                && number(text, 5) <= 12
                && number(text, 8) >= 1
                && number(text, 8) <= 28
                && number(text, 11) < 24
                && number(text, 14) < 60
                && number(text, 17) < 60
                && !text.startsWith("0001");
    }

    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static StringBuilder seconds(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(27);
        padded(text, time.getYear(), 4);
        text.append('-');
        padded(text, time.getMonthValue(), 2);
        text.append('-');
        padded(text, time.getDayOfMonth(), 2);
        text.append('T');
        padded(text, time.getHour(), 2);
        text.append(':');
        padded(text, time.getMinute(), 2);
        text.append(':');
        padded(text, time.getSecond(), 2);
        return text;
    }

    private static void padded(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        text.repeat('0', Math.max(0, digits - written.length())).append(written);
    }

    /** Reads element by element, as Go's layouts do, so that what is wrong is named as Go names it. */
    private static final class Reader {
        private final String text;
        private final boolean micros;
        private String rest;

        Reader(String text, boolean micros) {
            this.text = text;
            this.micros = micros;
            this.rest = text;
        }

        Parsed read() {
            try {
                int year = year();
                literal("-");
                int month = ranged(twoDigits("01"), 1, 12, "month");
                literal("-");
                int day = twoDigits("02");
                literal("T");
                int hour = ranged(hour(), 0, 23, "hour");
                literal(":");
                int minute = ranged(twoDigits("04"), 0, 59, "minute");
                literal(":");
                int second = ranged(twoDigits("05"), 0, 59, "second");
                int nanos = micros ? microFraction() : anyFraction();
                int offsetSeconds = offsetSeconds();
                if (!rest.isEmpty()) {
                    throw new Refusal("parsing time " + quoted(text) + ": extra text: " + quoted(rest));
                }
                if (day < 1 || day > LocalDate.of(year, month, 1).lengthOfMonth()) {
                    throw new Refusal("parsing time " + quoted(text) + ": day out of range");
                }
                long epoch = LocalDate.of(year, month, day).toEpochDay() * 86_400
                        + hour * 3_600L
                        + minute * 60L
                        + second
                        - offsetSeconds;
                return new Parsed.Good(Instant.ofEpochSecond(epoch, nanos));
            } catch (Refusal refusal) {
                return new Parsed.Bad(refusal.text);
            } catch (DateTimeException e) {
                throw new IllegalStateException("a checked time is out of range: " + text, e);
            }
        }

        private int year() {
            if (rest.length() < 4 || !digits(0, 4)) {
                throw cannotParse(rest, "2006");
            }
            int year = Integer.parseInt(rest.substring(0, 4));
            rest = rest.substring(4);
            return year;
        }

        private int twoDigits(String element) {
            if (rest.length() < 2 || !digits(0, 2)) {
                throw cannotParse(rest, element);
            }
            int number = Integer.parseInt(rest.substring(0, 2));
            rest = rest.substring(2);
            return number;
        }

        /** Go reads an hour of one digit too. */
        private int hour() {
            int length = digits(0, 2) ? 2 : 1;
            if (!digits(0, length)) {
                throw cannotParse(rest, "15");
            }
            int number = Integer.parseInt(rest.substring(0, length));
            rest = rest.substring(length);
            return number;
        }

        private int ranged(int number, int min, int max, String what) {
            if (number < min || number > max) {
                throw new Refusal("parsing time " + quoted(text) + ": " + what + " out of range");
            }
            return number;
        }

        private void literal(String literal) {
            if (!rest.startsWith(literal)) {
                throw cannotParse(rest, literal);
            }
            rest = rest.substring(literal.length());
        }

        private int microFraction() {
            if (rest.length() < 7 || (rest.charAt(0) != '.' && rest.charAt(0) != ',') || !digits(1, 7)) {
                throw cannotParse(rest, ".000000");
            }
            int nanos = Integer.parseInt(rest.substring(1, 7)) * 1_000;
            rest = rest.substring(7);
            return nanos;
        }

        private int anyFraction() {
            if (rest.length() < 2 || (rest.charAt(0) != '.' && rest.charAt(0) != ',') || !digits(1, 2)) {
                return 0;
            }
            int end = 2;
            while (digits(end, end + 1)) {
                end++;
            }
            String nine = (rest.substring(1, end) + "000000000").substring(0, 9);
            rest = rest.substring(end);
            return Integer.parseInt(nine);
        }

        private int offsetSeconds() {
            if (rest.startsWith("Z")) {
                rest = rest.substring(1);
                return 0;
            }
            boolean signed = rest.startsWith("+") || rest.startsWith("-");
            if (!signed || rest.length() < 6 || rest.charAt(3) != ':' || !digits(1, 3) || !digits(4, 6)) {
                throw cannotParse(rest, "Z07:00");
            }
            int hours = ranged(Integer.parseInt(rest.substring(1, 3)), 0, 24, "time zone offset hour");
            int minutes = ranged(Integer.parseInt(rest.substring(4, 6)), 0, 60, "time zone offset minute");
            int seconds = hours * 3_600 + minutes * 60;
            boolean west = rest.charAt(0) == '-';
            rest = rest.substring(6);
            return west ? -seconds : seconds;
        }

        private boolean digits(int from, int to) {
            if (to > rest.length()) {
                return false;
            }
            for (int i = from; i < to; i++) {
                if (rest.charAt(i) < '0' || rest.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }

        private Refusal cannotParse(String from, String element) {
            return new Refusal("parsing time " + quoted(text) + " as " + quoted(micros ? MICROS : SECONDS)
                    + ": cannot parse " + quoted(from) + " as " + quoted(element));
        }

        private static String quoted(String part) {
            return "\"" + part.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
    }

    /** Ends the reading of one time; never leaves this class. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String text;

        Refusal(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }
}
