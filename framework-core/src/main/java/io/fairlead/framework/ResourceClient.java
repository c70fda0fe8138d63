// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.util.List;

/**
 * Reads and writes the objects of one kind at the server, as JSON.
 *
 * <p>Refusals are answers, not exceptions. An overloaded server (429 or 503 with Retry-After) is asked again after the time it
 * names, a bounded number of times. Any thread may use it.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ResourceClient {
    ResourceType type();

    /**
     * Sends {@code write} and returns at once: to have many under way, start all and then wait for each.
     *
     * <p>Until {@link Call#await} has returned, a recorded write holds nothing back.
     */
    Call<Answer> start(Write write);

    /** Sends {@code write} and waits for the answer. */
    default Answer send(Write write) throws InterruptedException {
        return start(write).await();
    }

    /** Asks the server, not the cache, for an object. */
    Answer get(ObjectKey key) throws InterruptedException;

    /** Asks the server for a subresource of an object, such as {@code scale}. */
    Answer get(ObjectKey key, String subresource) throws InterruptedException;

    /**
     * Asks the server for the objects of a selection, page by page.
     *
     * @throws ApiRefusedException if it refuses
     */
    <T> List<T> list(Selection selection, Projection<T> projection) throws InterruptedException;

    /** Deletes all objects of a selection in one request. */
    Answer deleteAll(Selection selection, Write.Propagation propagation) throws InterruptedException;
}
