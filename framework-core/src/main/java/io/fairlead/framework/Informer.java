// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fairlead.environment.Api;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps a cache of the objects of a {@link Source} in step with the server, and tells who wants to know what changed.
 *
 * <p>It survives dropped streams, refused watches, versions that have expired and overload: it goes on where it was if the server
 * lets it, and otherwise lists again and reports the difference.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Informer<T> {
    Source<T> source();

    Lister<T> lister();

    /** The objects by the uid of the owner that controls them. */
    Index<T> byController();

    /**
     * The objects by what {@code values} says of them. Calls with the same name give the same index.
     *
     * @param values must be pure, for it is called whenever an object comes, changes or goes, and quick, for readers wait meanwhile.
     *     What it throws is logged, and the object is not in the index then.
     */
    Index<T> index(String name, Function<T, ? extends Collection<String>> values);

    /**
     * Calls {@code handler} for each change from now on, and first, as {@link Change.Added}, for each object that is there now.
     *
     * @param handler called on the informer's task, in order; must be short and must not block. The cache already shows the change.
     *     What it throws is logged and otherwise ignored.
     */
    void onChange(Consumer<? super Change<T>> handler);

    /** Whether the cache has once shown everything there was. */
    boolean hasSynced();

    /** Waits until {@link #hasSynced}. */
    void awaitSynced() throws InterruptedException;
}
