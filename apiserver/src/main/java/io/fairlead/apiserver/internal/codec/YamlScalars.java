// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a scalar of YAML stands for, by the rules of YAML 1.1 as far as Go's library follows them. */
final class YamlScalars {
    private static final String TAG = "tag:yaml.org,2002:";
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_FINITE = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");

    /** Not exact in the number of days of a month, which nobody relies on. */
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\\d|3[01])"
            + "([Tt]([01]?\\d|2[0-3]):[0-5]?\\d:[0-5]?\\d([.,]\\d+)?(Z|[+-]\\d\\d:\\d\\d)"
            + "| ([01]?\\d|2[0-3]):[0-5]?\\d:[0-5]?\\d([.,]\\d+)?)?");

    private static final BigInteger UINT64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private YamlScalars() {}

    static JsonValue value(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse("");
        if (tag.equals(TAG + "binary")) {
            return binary(scalar.getValue());
        }
        boolean resolved = tag.isEmpty() ? scalar.isPlain() : !tag.equals(TAG + "str") && tag.startsWith(TAG);
        return resolved ? resolve(scalar.getValue()) : new JsonString(scalar.getValue());
    }

    private static JsonString binary(String text) {
        try {
            return new JsonString(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new MalformedYamlException("yaml: !!binary value contains invalid base64 data");
        }
    }

    /** Whether an unquoted {@code text} would be read as a string. */
    static boolean isString(String text) {
        return !NOT_FINITE.contains(text) && !isTimestamp(text) && resolve(text) instanceof JsonString;
    }

    /** A date with or without a time. Reading takes it for a string all the same, but writing puts quotes around it. */
    private static boolean isTimestamp(String text) {
        return digitsEnd(text, 0) == 4
                && text.startsWith("-", 4)
                && TIMESTAMP.matcher(text).matches();
    }

    private static JsonValue resolve(String text) {
        if (TRUE.contains(text)) {
            return JsonBoolean.TRUE;
        }
        if (FALSE.contains(text)) {
            return JsonBoolean.FALSE;
        }
        if (NULL.contains(text)) {
            return JsonNull.NULL;
        }
        if (NOT_FINITE.contains(text)) {
            throw new MalformedYamlException(
                    "json: unsupported value: " + (text.endsWith("f") || text.endsWith("F") ? infinity(text) : "NaN"));
        }
        JsonNumber number = "+-.0123456789".indexOf(text.charAt(0)) < 0 ? null : number(text);
        return number == null ? new JsonString(text) : number;
    }

    private static String infinity(String text) {
        return text.startsWith("-") ? "-Inf" : "+Inf";
    }

    private static @Nullable JsonNumber number(String text) {
        if (text.charAt(0) == '.') {
            return isFloat(text) ? JsonNumber.of(Double.parseDouble(text)) : null;
        }
        String plain = text.replace("_", "");
        JsonNumber integer = integer(plain);
        if (integer != null) {
            return integer;
        }
        return isFloat(plain) && !Double.isInfinite(Double.parseDouble(plain))
                ? JsonNumber.of(Double.parseDouble(plain))
                : null;
    }

    /** Decimal, or with {@code 0x}, {@code 0o}, {@code 0b} or a leading zero (octal). */
    private static @Nullable JsonNumber integer(String plain) {
        boolean negative = plain.startsWith("-");
        String unsigned = negative || plain.startsWith("+") ? plain.substring(1) : plain;
        String lower = unsigned.toLowerCase(Locale.ROOT);
        int radix = 10;
        String digits = lower;
        if (lower.startsWith("0x")) {
            radix = 16;
            digits = lower.substring(2);
        } else if (lower.startsWith("0o")) {
            radix = 8;
            digits = lower.substring(2);
        } else if (lower.startsWith("0b")) {
            radix = 2;
            digits = lower.substring(2);
        } else if (lower.startsWith("0") && lower.length() > 1) {
            radix = 8;
            digits = lower.substring(1);
        }
        if (!areDigits(digits, radix)) {
            return null;
        }
        BigInteger number = new BigInteger(digits, radix);
        BigInteger signed = negative ? number.negate() : number;
        if (signed.bitLength() < Long.SIZE) {
            return JsonNumber.of(signed.longValue());
        }
        return negative || number.compareTo(UINT64_MAX) > 0 ? null : JsonNumber.parse(number.toString());
    }

    private static boolean areDigits(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 128 || Character.digit(digits.charAt(i), radix) < 0) {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    /** A sign, digits with or without a point, an exponent. */
    private static boolean isFloat(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int integerEnd = digitsEnd(text, at);
        int digits = integerEnd - at;
        at = integerEnd;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digitsEnd(text, at + 1);
            digits += end - at - 1;
            at = end;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            int end = digitsEnd(text, at + 1 + sign);
            if (end == at + 1 + sign) {
                return false;
            }
            at = end;
        }
        return at == text.length();
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
