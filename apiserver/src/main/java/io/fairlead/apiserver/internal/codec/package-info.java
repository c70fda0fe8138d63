/**
 * The one tree type that all objects pass through, and how it becomes bytes and back: JSON and YAML.
 *
 * <p>Trees are mutable and belong to one request; what is stored or shared is encoded bytes. Nothing here knows what an
 * object means: which fields a kind has is the schema's business, and so is protobuf,
 * which cannot be read without knowing them.
 */
@NullMarked
package io.fairlead.apiserver.internal.codec;

import org.jspecify.annotations.NullMarked;
