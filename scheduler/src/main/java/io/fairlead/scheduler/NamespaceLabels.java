// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import java.util.Map;

/** Knows the labels of namespaces. */
@FunctionalInterface
interface NamespaceLabels {
    /** The labels of a namespace; none if it is not known. */
    Map<String, String> of(String namespace);
}
