// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.Arrays;

/**
 * What can be said of each node about pods with certain requirements before looking at what is free there: kept for as long as the
 * node does not change, so that the tenth pod of a template costs a look into an array.
 */
final class NodeVerdicts {
    static final byte SUITABLE = 0;
    static final byte UNSCHEDULABLE = 1;
    static final byte TAINTED = 2;
    static final byte NOT_SELECTED = 3;

    private final Requirements requirements;
    private int[] versions = {};
    private byte[] verdicts = {};
    private int[] preferences = {};
    private int[] discouragements = {};

    NodeVerdicts(Requirements requirements) {
        this.requirements = requirements;
    }

    /** Whether the node in {@code slot} is one for such pods, if it has room. */
    byte verdict(NodeTable table, int slot) {
        refresh(table, slot);
        return verdicts[slot];
    }

    /** The weight of the preferences that a node satisfies that is {@link #SUITABLE}. */
    int preference(int slot) {
        return preferences[slot];
    }

    /** How many taints of a node that is {@link #SUITABLE} ask for pods to be placed elsewhere if possible. */
    int discouragements(int slot) {
        return discouragements[slot];
    }

    private void refresh(NodeTable table, int slot) {
        if (slot >= versions.length) {
            grow(Math.max(table.capacity(), slot + 1));
        }
        int version = table.version(slot);
        if (versions[slot] == version) {
            return;
        }
        versions[slot] = version;
        NodeFacts node = table.facts(slot);
        verdicts[slot] = judge(node);
        if (verdicts[slot] == SUITABLE) {
            preferences[slot] = requirements
                    .affinity()
                    .preference(node.name(), node.metadata().labels());
            discouragements[slot] = 0;
            for (Taint taint : node.taints()) {
                if (taint.discourages() && !taint.toleratedBy(requirements.tolerations())) {
                    discouragements[slot]++;
                }
            }
        }
    }

    /** In upstream's order, because the first reason is the one that is told. */
    private byte judge(NodeFacts node) {
        if (node.unschedulable() && !Taint.UNSCHEDULABLE.toleratedBy(requirements.tolerations())) {
            return UNSCHEDULABLE;
        }
        if (requirements.forbiddenBy(node.taints())) {
            return TAINTED;
        }
        return requirements.affinity().allows(node.name(), node.metadata().labels()) ? SUITABLE : NOT_SELECTED;
    }

    private void grow(int size) {
        versions = Arrays.copyOf(versions, size);
        verdicts = Arrays.copyOf(verdicts, size);
        preferences = Arrays.copyOf(preferences, size);
        discouragements = Arrays.copyOf(discouragements, size);
    }
}
