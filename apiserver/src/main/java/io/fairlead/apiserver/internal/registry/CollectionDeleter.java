// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.ArrayList;
import java.util.List;

/** Deletes all objects that a list shows, one after the other. Any thread may call it. */
public final class CollectionDeleter {
    private final ObjectReader reader;
    private final ObjectDeleter deleter;

    CollectionDeleter(ObjectReader reader, ObjectDeleter deleter) {
        this.reader = reader;
        this.deleter = deleter;
    }

    /**
     * Deletes what {@code selection} selects and answers it as it was.
     *
     * @throws StatusException of the first one that could not be deleted; those before it are
     */
    public Answer.Many delete(WriteContext write, ReadOptions selection, DeleteOptions options) {
        ObjectDeleter.warnAboutOrphans(write, options);
        Answer.Many listed = reader.list(write.resource(), write.namespace(), selection);
        List<Stored> deleted = new ArrayList<>();
        for (Stored each : listed.items()) {
            try {
                deleter.deleteOne(write.named(write.resource().nameOf(each.key())), options);
            } catch (StatusException e) {
                if (e.status().code() != 404) {
                    throw e;
                }
                // Somebody else deleted it in between, which is as good.
            }
            deleted.add(each);
        }
        return new Answer.Many(
                listed.resource(), deleted, listed.revision(), listed.continueToken(), listed.remaining());
    }
}
