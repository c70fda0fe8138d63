// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.merge;

import io.fairlead.apiserver.internal.codec.JsonObject;

/** The ways in which a patch changes an object, apart from server-side apply. Any thread may call it. */
public final class Patches {
    private Patches() {}

    /**
     * Applies a {@link PatchType#JSON} patch.
     *
     * @param current in the version that the patch was written for; it is consumed and must not be used any more
     * @param strict whether to look for what strict decoding reports: with {@code fieldValidation} Warn or Strict
     */
    public static PatchResult json(byte[] patch, JsonObject current, boolean strict) {
        return JsonPatch.apply(patch, current, strict);
    }

    /**
     * Applies a {@link PatchType#MERGE} patch.
     *
     * @param current in the version that the patch was written for; it is consumed and must not be used any more
     * @param strict whether to look for what strict decoding reports: with {@code fieldValidation} Warn or Strict
     */
    public static PatchResult merge(byte[] patch, JsonObject current, boolean strict) {
        return MergePatch.apply(patch, current, strict);
    }

    /**
     * Applies a {@link PatchType#STRATEGIC} patch.
     *
     * @param current in the version that the patch was written for; it is consumed and must not be used any more
     * @param meta of the type of {@code current}
     * @param strict whether to look for what strict decoding reports: with {@code fieldValidation} Warn or Strict
     */
    public static PatchResult strategic(byte[] patch, JsonObject current, PatchMeta meta, boolean strict) {
        return StrategicMerge.apply(patch, current, meta, strict);
    }
}
