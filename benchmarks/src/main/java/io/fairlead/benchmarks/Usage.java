// SPDX-License-Identifier: Apache-2.0
package io.fairlead.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What processes have used so far, as the operating system counts it (Linux). */
final class Usage {
    /** Clock ticks a second in /proc, the same on every Linux that runs a JVM. */
    private static final long TICKS_PER_SECOND = 100;

    private Usage() {}

    /** CPU time of this process. */
    static Duration cpu() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    /** CPU time of other processes together. */
    static Duration cpu(List<Long> processes) {
        long ticks = 0;
        for (long process : processes) {
            String stat = read("/proc/" + process + "/stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
    }

    /** Resident memory of processes together, in megabytes. */
    static long residentMegabytes(List<Long> processes) {
        long kilobytes = 0;
        for (long process : processes) {
            for (String line : read("/proc/" + process + "/status").split("\n", -1)) {
                if (line.startsWith("VmRSS:")) {
                    kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return kilobytes / 1_024;
    }

    static List<Long> thisProcess() {
        return List.of(ProcessHandle.current().pid());
    }

    /** The most heap that was in use since {@link #resetPeakHeap}, in megabytes. */
    static long peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / (1024 * 1024);
    }

    static void resetPeakHeap() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException ended) {
            return ") 0 0 0 0 0 0 0 0 0 0 0 0 0 0";
        }
    }
}
