// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.schema;

import io.fairlead.apiserver.internal.codec.JsonBoolean;
import io.fairlead.apiserver.internal.codec.JsonNull;
import io.fairlead.apiserver.internal.codec.JsonNumber;
import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.codec.JsonValue;
import io.fairlead.apiserver.internal.validation.Quantity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decodes what has no fields. A null answer stands for Go's zero value. */
final class ScalarDecoder {
    static final JsonString ZERO_QUANTITY = new JsonString("0");
    static final JsonString ZERO_DURATION = new JsonString("0s");

    private ScalarDecoder() {}

    static @Nullable JsonValue decode(JsonValue in, TypeRef.Scalar type, ObjectDecoder decoder) {
        return switch (type.kind()) {
            case STRING -> in instanceof JsonString || in == JsonNull.NULL ? nonNull(in) : wrong(in, type, decoder);
            case BOOL -> in instanceof JsonBoolean || in == JsonNull.NULL ? nonNull(in) : wrong(in, type, decoder);
            case INT32 -> integer(in, type, decoder, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(in, type, decoder, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT64 -> floating(in, type, decoder);
            case BYTES -> bytes(in, type, decoder);
            case QUANTITY -> quantity(in);
            case TIME -> time(in, decoder);
            case MICRO_TIME -> microTime(in, decoder);
            case DURATION -> in == JsonNull.NULL ? null : text(in, decoder);
            case INT_OR_STRING -> intOrString(in, decoder);
            case RAW_EXTENSION, FIELDS_V1, JSON -> nonNull(in);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS ->
                throw new IllegalStateException("schemas are decoded as objects: " + type.kind());
        };
    }

    private static @Nullable JsonValue nonNull(JsonValue in) {
        return in == JsonNull.NULL ? null : in;
    }

    private static @Nullable JsonValue wrong(JsonValue in, TypeRef.Scalar type, ObjectDecoder decoder) {
        return decoder.mismatch(ObjectDecoder.kindOf(in), type.goName());
    }

    private static @Nullable JsonValue integer(
            JsonValue in, TypeRef.Scalar type, ObjectDecoder decoder, long min, long max) {
        if (!(in instanceof JsonNumber number)) {
            return in == JsonNull.NULL ? null : wrong(in, type, decoder);
        }
        return number.isInteger() && number.longValue() >= min && number.longValue() <= max
                ? number
                : decoder.mismatch("number " + number.lexeme(), type.goName());
    }

    private static @Nullable JsonValue floating(JsonValue in, TypeRef.Scalar type, ObjectDecoder decoder) {
        if (!(in instanceof JsonNumber number)) {
            return in == JsonNull.NULL ? null : wrong(in, type, decoder);
        }
        double value = number.doubleValue();
        return Double.isInfinite(value)
                ? decoder.mismatch("number " + number.lexeme(), type.goName())
                : JsonNumber.of(value);
    }

    private static @Nullable JsonValue bytes(JsonValue in, TypeRef.Scalar type, ObjectDecoder decoder) {
        if (!(in instanceof JsonString string)) {
            return in == JsonNull.NULL ? null : wrong(in, type, decoder);
        }
        return switch (GoBase64.normalise(string.value())) {
            case GoBase64.Result.Good(String text) -> text.equals(string.value()) ? string : new JsonString(text);
            case GoBase64.Result.Bad(int offset) -> decoder.refuse("illegal base64 data at input byte " + offset);
        };
    }

    private static @Nullable JsonValue quantity(JsonValue in) {
        if (in == JsonNull.NULL) {
            return null;
        }
        String written = in instanceof JsonString string ? string.value() : in.toString();
        return switch (Quantity.read(written.strip())) {
            case Quantity.Reading.Read(Quantity quantity) -> {
                String text = quantity.text();
                yield in instanceof JsonString && text.equals(written) ? in : new JsonString(text);
            }
            case Quantity.Reading.Refused(String message) -> throw new ObjectDecoder.DecodingStopped(message);
        };
    }

    private static @Nullable JsonValue time(JsonValue in, ObjectDecoder decoder) {
        if (in == JsonNull.NULL) {
            return null;
        }
        JsonString written = text(in, decoder);
        if (GoTime.isCanonicalSeconds(written.value())) {
            return written;
        }
        Instant instant = instant(GoTime.parseSeconds(written.value()));
        return GoTime.isZero(instant) ? null : new JsonString(GoTime.formatSeconds(instant));
    }

    private static @Nullable JsonValue microTime(JsonValue in, ObjectDecoder decoder) {
        if (in == JsonNull.NULL) {
            return null;
        }
        Instant instant = instant(GoTime.parseMicros(text(in, decoder).value()));
        return GoTime.isZero(instant) ? null : new JsonString(GoTime.formatMicros(instant));
    }

    private static Instant instant(GoTime.Parsed parsed) {
        return switch (parsed) {
            case GoTime.Parsed.Good(Instant instant) -> instant;
            case GoTime.Parsed.Bad(String message) -> throw new ObjectDecoder.DecodingStopped(message);
        };
    }

    private static JsonValue intOrString(JsonValue in, ObjectDecoder decoder) {
        if (in instanceof JsonString) {
            return in;
        }
        if (in == JsonNull.NULL) {
            return JsonNumber.of(0);
        }
        if (!(in instanceof JsonNumber number)) {
            throw decoder.stopped(new ObjectDecoder.TypeMismatch(ObjectDecoder.kindOf(in), "int32"));
        }
        if (!number.isInteger() || number.longValue() != (int) number.longValue()) {
            throw decoder.stopped(new ObjectDecoder.TypeMismatch("number " + number.lexeme(), "int32"));
        }
        return number;
    }

    private static JsonString text(JsonValue in, ObjectDecoder decoder) {
        if (in instanceof JsonString string) {
            return string;
        }
        throw decoder.stopped(new ObjectDecoder.TypeMismatch(ObjectDecoder.kindOf(in), "string"));
    }
}
