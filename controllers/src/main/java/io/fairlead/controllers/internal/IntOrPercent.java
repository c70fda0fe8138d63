// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;

/** A number, or a share of a total in hundredths. */
public record IntOrPercent(int value, boolean percent) {
    /** Reads {@code 3} or {@code "25%"}. */
    public static IntOrPercent read(JsonCursor json) throws IOException {
        if (!json.isText()) {
            return new IntOrPercent(json.int32(), false);
        }
        String text = json.text();
        try {
            return text.endsWith("%")
                    ? new IntOrPercent(Integer.parseInt(text.substring(0, text.length() - 1)), true)
                    : new IntOrPercent(Integer.parseInt(text), false);
        } catch (NumberFormatException e) {
            throw new IOException("neither a number nor a percentage: " + text, e);
        }
    }

    /** The share of {@code total}, rounded up. */
    public int ofRoundedUp(int total) {
        return percent ? Math.toIntExact(Math.ceilDiv((long) value * total, 100L)) : value;
    }

    /** The share of {@code total}, rounded down. */
    public int ofRoundedDown(int total) {
        return percent ? Math.toIntExact(Math.floorDiv((long) value * total, 100L)) : value;
    }
}
