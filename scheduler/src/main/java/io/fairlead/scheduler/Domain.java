// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

/** Nodes that have the same value of a label. */
record Domain(String key, String value) {}
