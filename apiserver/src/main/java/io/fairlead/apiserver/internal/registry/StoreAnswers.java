// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.CommitResult;

/** What clients are told of a store's refusals. */
final class StoreAnswers {
    private StoreAnswers() {}

    /** The original passes on etcd's words and nothing of its own. */
    static StatusException tooLarge(CommitResult.TooLarge ignored) {
        return ApiStatus.unexpected("etcdserver: request is too large").exception();
    }
}
