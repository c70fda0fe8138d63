// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.watch;

import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.storage.Stored;
import java.util.List;

/**
 * How events look on the wire: a media type and a form of the object.
 *
 * <p>Frames are cached under the form that made them, so a form is one shared instance (or has {@code equals}). Any thread may
 * call it.
 */
public interface FrameForm {
    /** The frame of one event; its segments are shared with other watchers. Empty if this form shows nothing. */
    List<byte[]> frame(EventType type, Stored object);

    /** The frame that says that nothing was missed up to {@code revision}, and whether the initial events end here. */
    List<byte[]> bookmark(long revision, boolean initialEventsEnd);

    /** The frame that says why the stream ends after it. */
    List<byte[]> error(ApiStatus status);

    /** The form of the frames after the first one; tables name their columns once. */
    default FrameForm afterFirst() {
        return this;
    }
}
