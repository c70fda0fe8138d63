// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts of what nodes have and pods ask for.
 *
 * @param cpuMillis thousandths of a processor
 * @param extended everything else that has a name, such as huge pages and devices; never 0
 */
record Resources(long cpuMillis, long memoryBytes, long ephemeralBytes, long pods, Map<String, Long> extended) {
    static final Resources NONE = new Resources(0, 0, 0, 0, Map.of());

    Resources {
        extended = extended.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(extended));
    }

    /** Reads an object like {@code {"cpu": "1", "memory": "1Gi"}}; in lists of the server some quantities are numbers. */
    static Resources read(JsonCursor json) throws IOException {
        long cpu = 0;
        long memory = 0;
        long ephemeral = 0;
        long pods = 0;
        Map<String, Long> extended = Map.of();
        json.beginObject();
        while (json.nextField()) {
            String name = json.field();
            String amount = json.isText() ? json.shared() : Long.toString(json.integer());
            switch (name) {
                case "cpu" -> cpu = Amounts.milli(amount);
                case "memory" -> memory = Amounts.whole(amount);
                case "ephemeral-storage" -> ephemeral = Amounts.whole(amount);
                case "pods" -> pods = Amounts.whole(amount);
                default -> extended = with(extended, name, Amounts.whole(amount));
            }
        }
        return new Resources(cpu, memory, ephemeral, pods, extended);
    }

    private static Map<String, Long> with(Map<String, Long> amounts, String name, long amount) {
        if (amount == 0) {
            return amounts;
        }
        Map<String, Long> more = new HashMap<>(amounts);
        more.put(name, amount);
        return more;
    }

    Resources plus(Resources other) {
        return combine(other, Long::sum);
    }

    /** The larger of each. */
    Resources max(Resources other) {
        return combine(other, Math::max);
    }

    private Resources combine(Resources other, LongBinaryOperator how) {
        Map<String, Long> both = extended;
        if (!other.extended.isEmpty()) {
            both = new HashMap<>(extended);
            for (Map.Entry<String, Long> each : other.extended.entrySet()) {
                both.put(each.getKey(), how.applyAsLong(both.getOrDefault(each.getKey(), 0L), each.getValue()));
            }
        }
        return new Resources(
                how.applyAsLong(cpuMillis, other.cpuMillis),
                how.applyAsLong(memoryBytes, other.memoryBytes),
                how.applyAsLong(ephemeralBytes, other.ephemeralBytes),
                how.applyAsLong(pods, other.pods),
                both);
    }

    /** What a container without a request for a processor or memory is taken to use, when nodes are compared. */
    Resources orDefaults() {
        return cpuMillis != 0 && memoryBytes != 0
                ? this
                : new Resources(
                        cpuMillis == 0 ? DEFAULT_CPU_MILLIS : cpuMillis,
                        memoryBytes == 0 ? DEFAULT_MEMORY_BYTES : memoryBytes,
                        ephemeralBytes,
                        pods,
                        extended);
    }

    /** As upstream's scheduler assumes for scores; never for whether a pod fits. */
    private static final long DEFAULT_CPU_MILLIS = 100;

    private static final long DEFAULT_MEMORY_BYTES = 200L << 20;

    boolean isNone() {
        return cpuMillis == 0 && memoryBytes == 0 && ephemeralBytes == 0 && extended.isEmpty();
    }
}
