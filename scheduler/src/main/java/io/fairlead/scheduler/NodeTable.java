// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes have and what is taken of it, in columns: placing a pod reads a few numbers of many nodes, one after the other.
 *
 * <p>A node has a slot while it exists or pods are assigned to it, whichever is longer. A slot's version rises whenever the node's
 * facts change and is never used twice, so that what was derived from them can be told to be out of date. One thread.
 */
final class NodeTable {
    private static final int FIRST_CAPACITY = 64;
    private static final int CPU = 0;
    private static final int MEMORY = 1;
    private static final int EPHEMERAL = 2;

    private final Map<String, Integer> slots = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    /** Column numbers of resources other than the first three, which every node has. */
    private final Map<String, Integer> extendedColumns = new LinkedHashMap<>();

    private String[] names = new String[FIRST_CAPACITY];
    private @Nullable NodeFacts[] facts = new @Nullable NodeFacts[FIRST_CAPACITY];
    private int[] versions = new int[FIRST_CAPACITY];
    private final List<long[]> allocatable = new ArrayList<>();
    private final List<long[]> used = new ArrayList<>();
    private long[] usedCpuWeight = new long[FIRST_CAPACITY];
    private long[] usedMemoryWeight = new long[FIRST_CAPACITY];
    private long[] podsMax = new long[FIRST_CAPACITY];
    private int[] pods = new int[FIRST_CAPACITY];
    private List<HostPort>[] ports = portLists(FIRST_CAPACITY);

    private int slotsTaken;
    private int lastVersion;
    private int[] order = {};
    private boolean orderStale;

    NodeTable() {
        for (int column = CPU; column <= EPHEMERAL; column++) {
            allocatable.add(new long[FIRST_CAPACITY]);
            used.add(new long[FIRST_CAPACITY]);
        }
        Arrays.fill(names, "");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists has no other form
    private static List<HostPort>[] portLists(int size) {
        List[] lists = new List[size];
        Arrays.fill(lists, List.of());
        return lists;
    }

    /** How many nodes exist. */
    int size() {
        return order().length;
    }

    /** One more than the largest slot. */
    int capacity() {
        return slotsTaken;
    }

    /** The slots of all nodes in the order in which they are looked at: zone by zone in turn, so that zones fill evenly. */
    int[] order() {
        if (orderStale) {
            order = interleaved();
            orderStale = false;
        }
        return order;
    }

    /** The slot of an existing node, or -1. */
    int slotOf(String name) {
        Integer slot = slots.get(name);
        return slot == null || facts[slot] == null ? -1 : slot;
    }

    String name(int slot) {
        return names[slot];
    }

    /** The facts of the node in a slot of {@link #order}. */
    NodeFacts facts(int slot) {
        NodeFacts found = facts[slot];
        if (found == null) {
            throw new IllegalStateException("slot " + slot + " has no node");
        }
        return found;
    }

    @Nullable
    NodeFacts find(String name) {
        Integer slot = slots.get(name);
        return slot == null ? null : facts[slot];
    }

    int version(int slot) {
        return versions[slot];
    }

    /** Adds a node or replaces its facts; what is taken of it stays as it is. */
    void put(NodeFacts node) {
        int slot = claim(node.name());
        NodeFacts before = facts[slot];
        facts[slot] = node;
        if (before != null && before.sameFor(node)) {
            return;
        }
        orderStale |= before == null || !before.zone().equals(node.zone());
        versions[slot] = ++lastVersion;
        Resources amounts = node.allocatable();
        podsMax[slot] = amounts.pods();
        for (long[] column : allocatable) {
            column[slot] = 0;
        }
        allocatable.get(CPU)[slot] = amounts.cpuMillis();
        allocatable.get(MEMORY)[slot] = amounts.memoryBytes();
        allocatable.get(EPHEMERAL)[slot] = amounts.ephemeralBytes();
        amounts.extended().forEach((name, amount) -> allocatable.get(column(name))[slot] = amount);
    }

    /** Takes the node away; its pods keep the slot until they are gone too. */
    void remove(String name) {
        Integer slot = slots.get(name);
        if (slot != null && facts[slot] != null) {
            facts[slot] = null;
            orderStale = true;
            release(slot);
        }
    }

    /** Takes room for a pod on a node, whether that exists or not, and whether there is room or not. */
    void take(String node, Requirements pod) {
        int slot = claim(node);
        count(slot, pod, 1);
        if (!pod.hostPorts().isEmpty()) {
            List<HostPort> more = new ArrayList<>(ports[slot]);
            more.addAll(pod.hostPorts());
            ports[slot] = more;
        }
    }

    /** Gives back what {@link #take} took. */
    void giveBack(String node, Requirements pod) {
        Integer slot = slots.get(node);
        if (slot == null) {
            throw new IllegalStateException("no pod was on node " + node);
        }
        count(slot, pod, -1);
        if (!pod.hostPorts().isEmpty()) {
            List<HostPort> fewer = new ArrayList<>(ports[slot]);
            pod.hostPorts().forEach(fewer::remove);
            ports[slot] = fewer;
        }
        release(slot);
    }

    private void count(int slot, Requirements pod, int sign) {
        Resources requests = pod.requests();
        pods[slot] += sign;
        used.get(CPU)[slot] += sign * requests.cpuMillis();
        used.get(MEMORY)[slot] += sign * requests.memoryBytes();
        used.get(EPHEMERAL)[slot] += sign * requests.ephemeralBytes();
        for (Map.Entry<String, Long> each : requests.extended().entrySet()) {
            used.get(column(each.getKey()))[slot] += sign * each.getValue();
        }
        usedCpuWeight[slot] += sign * pod.weight().cpuMillis();
        usedMemoryWeight[slot] += sign * pod.weight().memoryBytes();
    }

    /** Whether {@code requests} fit into what is free. */
    boolean fits(int slot, Resources requests) {
        return pods[slot] < podsMax[slot]
                && enough(CPU, slot, requests.cpuMillis())
                && enough(MEMORY, slot, requests.memoryBytes())
                && enough(EPHEMERAL, slot, requests.ephemeralBytes())
                && (requests.extended().isEmpty() || enoughExtended(slot, requests));
    }

    private boolean enough(int column, int slot, long amount) {
        return amount == 0 || amount <= allocatable.get(column)[slot] - used.get(column)[slot];
    }

    private boolean enoughExtended(int slot, Resources requests) {
        for (Map.Entry<String, Long> each : requests.extended().entrySet()) {
            if (!enough(column(each.getKey()), slot, each.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Tells {@code sink} what there is too little of. */
    void shortages(int slot, Resources requests, ShortageSink sink) {
        if (pods[slot] >= podsMax[slot]) {
            sink.accept("Too many pods", false);
        }
        shortage(CPU, slot, "cpu", requests.cpuMillis(), sink);
        shortage(MEMORY, slot, "memory", requests.memoryBytes(), sink);
        shortage(EPHEMERAL, slot, "ephemeral-storage", requests.ephemeralBytes(), sink);
        requests.extended().forEach((name, amount) -> shortage(column(name), slot, name, amount, sink));
    }

    private void shortage(int column, int slot, String name, long amount, ShortageSink sink) {
        if (!enough(column, slot, amount)) {
            sink.accept("Insufficient " + name, amount > allocatable.get(column)[slot]);
        }
    }

    /** Is told of something there is too little of. */
    @FunctionalInterface
    interface ShortageSink {
        /** {@code forGood}: not even an empty node would have enough. */
        void accept(String reason, boolean forGood);
    }

    boolean portsFree(int slot, List<HostPort> wanted) {
        for (HostPort taken : ports[slot]) {
            for (HostPort port : wanted) {
                if (port.collidesWith(taken)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** 0 to 100: how much of the node would be left with the pod on it, by what pods are taken to use. */
    long leastAllocated(int slot, Requirements pod) {
        long cpuMax = allocatable.get(CPU)[slot];
        long memoryMax = allocatable.get(MEMORY)[slot];
        int kinds = (cpuMax == 0 ? 0 : 1) + (memoryMax == 0 ? 0 : 1);
        if (kinds == 0) {
            return 0;
        }
        long cpu = left(cpuMax, usedCpuWeight[slot] + pod.weight().cpuMillis());
        long memory = left(memoryMax, usedMemoryWeight[slot] + pod.weight().memoryBytes());
        return (cpu + memory) / kinds;
    }

    private static long left(long max, long taken) {
        return max == 0 || taken > max ? 0 : (max - taken) * 100 / max;
    }

    /** 0 to 100: whether the pod would bring the shares of processors and memory in use closer together. */
    long balance(int slot, Requirements pod) {
        long cpu = used.get(CPU)[slot];
        long memory = used.get(MEMORY)[slot];
        long without = balanceOf(slot, cpu, memory);
        long with = balanceOf(
                slot, cpu + pod.requests().cpuMillis(), memory + pod.requests().memoryBytes());
        return 50 + (50 + with - without) / 2;
    }

    private long balanceOf(int slot, long cpu, long memory) {
        long cpuMax = allocatable.get(CPU)[slot];
        long memoryMax = allocatable.get(MEMORY)[slot];
        if (cpuMax == 0 || memoryMax == 0) {
            return 100;
        }
        double cpuShare = Math.min(1, (double) cpu / cpuMax);
        double memoryShare = Math.min(1, (double) memory / memoryMax);
        return (long) ((1 - Math.abs(cpuShare - memoryShare) / 2) * 100);
    }

    private int claim(String name) {
        Integer known = slots.get(name);
        if (known != null) {
            return known;
        }
        int slot = free.isEmpty() ? slotsTaken++ : free.pop();
        if (slot >= names.length) {
            grow(names.length * 2);
        }
        slots.put(name, slot);
        names[slot] = name;
        return slot;
    }

    private void release(int slot) {
        if (facts[slot] == null && pods[slot] == 0) {
            slots.remove(names[slot]);
            names[slot] = "";
            free.push(slot);
        }
    }

    private int column(String resource) {
        Integer known = extendedColumns.get(resource);
        if (known != null) {
            return known;
        }
        int column = allocatable.size();
        allocatable.add(new long[names.length]);
        used.add(new long[names.length]);
        extendedColumns.put(resource, column);
        return column;
    }

    private void grow(int size) {
        int before = names.length;
        names = Arrays.copyOf(names, size);
        Arrays.fill(names, before, size, "");
        facts = Arrays.copyOf(facts, size);
        versions = Arrays.copyOf(versions, size);
        allocatable.replaceAll(column -> Arrays.copyOf(column, size));
        used.replaceAll(column -> Arrays.copyOf(column, size));
        usedCpuWeight = Arrays.copyOf(usedCpuWeight, size);
        usedMemoryWeight = Arrays.copyOf(usedMemoryWeight, size);
        podsMax = Arrays.copyOf(podsMax, size);
        pods = Arrays.copyOf(pods, size);
        ports = Arrays.copyOf(ports, size);
        Arrays.fill(ports, before, size, List.of());
    }

    private int[] interleaved() {
        Map<String, List<Integer>> zones = new LinkedHashMap<>();
        int count = 0;
        for (int slot = 0; slot < slotsTaken; slot++) {
            NodeFacts node = facts[slot];
            if (node != null) {
                zones.computeIfAbsent(node.zone(), zone -> new ArrayList<>()).add(slot);
                count++;
            }
        }
        int[] slotsInTurn = new int[count];
        int filled = 0;
        for (int round = 0; filled < count; round++) {
            for (List<Integer> zone : zones.values()) {
                if (round < zone.size()) {
                    slotsInTurn[filled++] = zone.get(round);
                }
            }
        }
        return slotsInTurn;
    }
}
