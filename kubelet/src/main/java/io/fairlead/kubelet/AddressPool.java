// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Addresses of one IPv4 network, each given to one holder at a time. An address that was given back is given out again as late as
 * possible. Holders are named by what is unique among them: pods by uid, nodes by name. Any thread may use it.
 */
final class AddressPool {
    private static final int PREFIX_MIN = 8;
    private static final int PREFIX_MAX = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final int base;
    private final int size;
    private final BitSet taken = new BitSet();
    private final Map<String, Integer> byHolder = new HashMap<>();
    private int next;

    private AddressPool(int base, int size) {
        this.base = base;
        this.size = size;
    }

    /**
     * The addresses of a network without its first and last one.
     *
     * @throws IllegalArgumentException if {@code cidr} is not like {@code 10.244.0.0/16}
     */
    static AddressPool of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            int prefix = Integer.parseInt(cidr.substring(slash + 1));
            if (slash > 0 && prefix >= PREFIX_MIN && prefix <= PREFIX_MAX) {
                int mask = -1 << (32 - prefix);
                return new AddressPool((parse(cidr.substring(0, slash)) & mask) + 1, (1 << (32 - prefix)) - 2);
            }
        } catch (NumberFormatException e) {
            // Told below, with the whole of it.
        }
        throw new IllegalArgumentException(cidr + " is not an IPv4 network between /" + PREFIX_MIN + " and /"
                + PREFIX_MAX + ", such as 10.244.0.0/16");
    }

    /** How many addresses there are. */
    int size() {
        return size;
    }

    /** The address of {@code holder}, a fresh one if it has none; empty if all are taken. */
    Optional<String> take(String holder) {
        lock.lock();
        try {
            Integer known = byHolder.get(holder);
            if (known != null) {
                return Optional.of(format(base + known));
            }
            int free = taken.nextClearBit(next);
            if (free >= size) {
                free = taken.nextClearBit(0);
            }
            if (free >= size) {
                return Optional.empty();
            }
            assign(holder, free);
            next = free + 1;
            return Optional.of(format(base + free));
        } finally {
            lock.unlock();
        }
    }

    /** {@code holder} has this address already; does nothing if it is none of the network or belongs to somebody else. */
    void claim(String holder, String address) {
        lock.lock();
        try {
            int index = parse(address) - base;
            if (index >= 0 && index < size && !taken.get(index) && !byHolder.containsKey(holder)) {
                assign(holder, index);
                next = Math.max(next, index + 1);
            }
        } catch (NumberFormatException e) {
            // An address of another family: none of ours.
        } finally {
            lock.unlock();
        }
    }

    void giveBack(String holder) {
        lock.lock();
        try {
            Integer index = byHolder.remove(holder);
            if (index != null) {
                taken.clear(index);
            }
        } finally {
            lock.unlock();
        }
    }

    private void assign(String holder, int index) {
        taken.set(index);
        byHolder.put(holder, index);
    }

    private static int parse(String address) {
        int value = 0;
        int parts = 0;
        int from = 0;
        while (from <= address.length()) {
            int dot = address.indexOf('.', from);
            int end = dot < 0 ? address.length() : dot;
            int part = Integer.parseInt(address.substring(from, end));
            if (part < 0 || part > 255) {
                throw new NumberFormatException(address);
            }
            value = (value << 8) | part;
            parts++;
            from = end + 1;
        }
        if (parts != 4) {
            throw new NumberFormatException(address);
        }
        return value;
    }

    private static String format(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }
}
