/**
 * What is known about the built-in kinds, as data: which resources there are, which fields their types have, and how each
 * field is written in JSON and protobuf, merged and defaulted.
 *
 * <p>The table is generated from what the original server publishes and is committed as facts only; it is loaded once and
 * its types lazily. Nothing in it can change, so any thread may read it.
 */
@NullMarked
package io.fairlead.apiserver.internal.schema;

import org.jspecify.annotations.NullMarked;
