// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

/** What an event says about its object. The names are those on the wire. */
public enum EventType {
    ADDED,
    MODIFIED,
    DELETED
}
