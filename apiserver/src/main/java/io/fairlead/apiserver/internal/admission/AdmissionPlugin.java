// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission;

/**
 * One rule that looks beyond the object it is about.
 *
 * <p>Called by the thread of the request, many at once. A plugin refuses with a {@link
 * io.fairlead.apiserver.internal.status.StatusException}.
 */
public interface AdmissionPlugin {
    /** May complete the object; called before the strategy prepares it. */
    default void mutate(AdmissionRequest request) {}

    /** May refuse; the object must not be changed any more. */
    default void validate(AdmissionRequest request) {}
}
