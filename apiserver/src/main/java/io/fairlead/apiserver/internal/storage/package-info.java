/**
 * Where objects are kept, with the semantics of etcd: one revision counter for everything, writes that state what they expect
 * to find, reads of all keys as they were at one revision, and a stream of changes from a revision on.
 *
 * <p>A store knows nothing of kinds. It keeps bytes under keys and, beside the bytes, the few {@link
 * io.fairlead.apiserver.internal.storage.Facts} that selectors look at. What it hands out is immutable and shared.
 */
@NullMarked
package io.fairlead.apiserver.internal.storage;

import org.jspecify.annotations.NullMarked;
