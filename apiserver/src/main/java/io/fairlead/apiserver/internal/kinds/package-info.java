/**
 * What is peculiar to each built-in kind: defaults, what a write may set, and what is valid.
 *
 * <p>{@link io.fairlead.apiserver.internal.kinds.Kinds} answers the strategy of a resource. Everything here is a pure function
 * on trees that were decoded by the schema: no unknown fields, no values of another type. A JSON null and an empty value
 * count as absent, as they do in Go. The rules, and the words in which their violation is told, are those of Kubernetes 1.36.
 */
@NullMarked
package io.fairlead.apiserver.internal.kinds;

import org.jspecify.annotations.NullMarked;
