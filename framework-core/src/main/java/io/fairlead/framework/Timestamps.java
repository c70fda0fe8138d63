// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Times as Kubernetes writes them. */
@Api(Api.Status.EXPERIMENTAL)
public final class Timestamps {
    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05Z".length();
    private static final int SECONDS_A_DAY = 86_400;

    private Timestamps() {}

    /**
     * Reads a time in the form of RFC 3339.
     *
     * @throws java.time.DateTimeException if it is none
     */
    public static Instant parse(String text) {
        // The form of nearly every timestamp in the API, at a tenth of the cost of the general parser.
        if (text.length() == SECONDS_LENGTH && text.charAt(SECONDS_LENGTH - 1) == 'Z' && text.charAt(10) == 'T') {
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int seconds = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
            if (year >= 0 && month >= 0 && day >= 0 && seconds >= 0 && seconds < SECONDS_A_DAY) {
                return Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + seconds);
            }
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    /** To the second, as in {@code metadata.creationTimestamp}. */
    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** To the microsecond, always with six digits, as in a Lease or in an event's {@code eventTime}. */
    public static String formatMicros(Instant time) {
        String seconds = format(time);
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        String digits = Integer.toString(1_000_000 + micros).substring(1);
        return seconds.substring(0, seconds.length() - 1) + "." + digits + "Z";
    }

    /** The digits from {@code from} to {@code to}, or a number so negative that no sum hides it. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE / 8_000;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
