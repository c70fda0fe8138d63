// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.ApiResponse.Chunks;
import io.fairlead.apiserver.internal.selector.FieldSelector;
import io.fairlead.apiserver.internal.selector.SelectorException;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.storage.Store.Range;
import io.fairlead.apiserver.internal.storage.Store.RangeResult;
import io.fairlead.apiserver.internal.storage.Stored;
import io.fairlead.apiserver.internal.watch.ErrorChunks;
import io.fairlead.apiserver.internal.watch.EventHub;
import io.fairlead.apiserver.internal.watch.FrameForm;
import io.fairlead.apiserver.internal.watch.WatchRequest;
import io.fairlead.environment.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gets, lists and watches objects.
 *
 * <p>Reads take no lock and parse nothing: what they answer is shared with the store. Any thread may call it.
 */
public final class ObjectReader {
    /** A watch without a timeout ends after this at the earliest, and up to twice of it, so that clients spread; as upstream. */
    private static final Duration WATCH_MIN = Duration.ofMinutes(30);

    /** Keys read at once while looking for selected ones, so that a small page of a big resource stays small. */
    private static final int SCAN_PAGE = 500;

    private static final String PAGE_EXPIRED =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without"
                    + " the continue parameter, or use the continue token in this response to retrieve the remainder of the"
                    + " results. Continuing with the provided token results in an inconsistent list - objects that were created,"
                    + " modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    private final Environment environment;
    private final Store store;
    private final EventHub hub;

    ObjectReader(Environment environment, Store store, EventHub hub) {
        this.environment = environment;
        this.store = store;
        this.hub = hub;
    }

    /** The object, or 404. */
    public Stored get(Resource resource, String namespace, String name, String resourceVersion) {
        long wanted = parseVersion(resourceVersion);
        long current = store.revision();
        if (ResourceVersions.isFuture(wanted, current)) {
            throw ApiStatus.tooLargeResourceVersion(wanted, current).exception();
        }
        return store.get(resource.key(namespace, name))
                .orElseThrow(
                        () -> ApiStatus.notFound(resource.definition(), name).exception());
    }

    private static long parseVersion(String text) {
        try {
            return text.isEmpty() ? 0 : ResourceVersions.parse(text);
        } catch (NumberFormatException e) {
            throw ApiStatus.unexpected(
                            "resourceVersion: Invalid value: \"" + text + "\": " + ResourceVersions.goMessage(text))
                    .exception();
        }
    }

    /** What is under {@code key} now, for those who decide about other objects. */
    public Optional<Stored> find(Resource resource, String namespace, String name) {
        return store.get(resource.key(namespace, name));
    }

    /** All objects of {@code resource} in {@code namespace}, or everywhere if that is empty, as they are now. */
    public List<Stored> all(Resource resource, String namespace) {
        return pageOf(Range.all(resource.keyPrefix(namespace)), false).items();
    }

    /** One page of the objects that {@code options} select. */
    public Answer.Many list(Resource resource, String namespace, ReadOptions options) {
        ReadRules.checkList(options);
        Selection selection = selection(resource, namespace, options);
        long limit = options.resourceVersion().equals("0") ? 0 : Math.max(0, options.limit());
        if (!options.continueToken().isEmpty()) {
            ContinueToken token = ReadRules.continueToken(options);
            String start = selection.keyPrefix() + token.start();
            return page(
                    selection, new Range(selection.keyPrefix(), start, 0, Math.max(0, token.revision())), limit, true);
        }
        long version = ReadRules.listVersion(options);
        long current = store.revision();
        if (ResourceVersions.isFuture(version, current)) {
            throw ApiStatus.tooLargeResourceVersion(version, current).exception();
        }
        boolean exact = version != 0
                && (options.match().equals("Exact") || (options.match().isEmpty() && limit > 0));
        return page(selection, new Range(selection.keyPrefix(), "", 0, exact ? version : 0), limit, false);
    }

    private Answer.Many page(Selection selection, Range range, long limit, boolean continued) {
        if (limit == 0 || selection.isEverything()) {
            RangeResult.Page page = pageOf(
                    new Range(
                            range.prefix(), range.start(), (int) Math.min(limit, Integer.MAX_VALUE), range.revision()),
                    continued);
            List<Stored> items = selection.isEverything()
                    ? page.items()
                    : page.items().stream().filter(selection).toList();
            return many(selection, items, page.revision(), page.remaining() == 0, page.remaining());
        }
        return selectedPage(selection, range, limit, continued);
    }

    /** Reads on until {@code limit} objects are found that are selected. */
    private Answer.Many selectedPage(Selection selection, Range range, long limit, boolean continued) {
        List<Stored> found = new ArrayList<>();
        Range next = new Range(range.prefix(), range.start(), SCAN_PAGE, range.revision());
        while (true) {
            RangeResult.Page page = pageOf(next, continued);
            for (int i = 0; i < page.items().size(); i++) {
                Stored stored = page.items().get(i);
                if (!selection.test(stored)) {
                    continue;
                }
                found.add(stored);
                if (found.size() == limit) {
                    boolean last = i == page.items().size() - 1 && page.remaining() == 0;
                    return many(selection, found, page.revision(), last, -1);
                }
            }
            if (page.remaining() == 0) {
                return many(selection, found, page.revision(), true, -1);
            }
            String after = page.items().getLast().key() + "\0";
            next = new Range(range.prefix(), after, SCAN_PAGE, page.revision());
        }
    }

    private static Answer.Many many(
            Selection selection, List<Stored> items, long revision, boolean last, long remaining) {
        if (last || items.isEmpty()) {
            return new Answer.Many(selection.resource(), items, revision, "", OptionalLong.empty());
        }
        String start = items.getLast().key().substring(selection.keyPrefix().length()) + "\0";
        return new Answer.Many(
                selection.resource(),
                items,
                revision,
                new ContinueToken(revision, start).encode(),
                remaining >= 0 ? OptionalLong.of(remaining) : OptionalLong.empty());
    }

    private RangeResult.Page pageOf(Range range, boolean continued) {
        return switch (store.range(range)) {
            case RangeResult.Page page -> page;
            case RangeResult.Future(long current) ->
                throw ApiStatus.tooLargeResourceVersion(range.revision(), current)
                        .exception();
            case RangeResult.Compacted ignored -> throw forgotten(range, continued);
        };
    }

    private static StatusException forgotten(Range range, boolean continued) {
        if (!continued) {
            return ApiStatus.expired("The resourceVersion for the provided list is too old.")
                    .exception();
        }
        String start = range.start().substring(range.prefix().length());
        return ApiStatus.expired(PAGE_EXPIRED)
                .continuing(new ContinueToken(-1, start).encode())
                .exception();
    }

    /** The stream of changes that {@code options} ask for. */
    public Chunks watch(Resource resource, String namespace, ReadOptions options, FrameForm form) {
        ReadRules.checkWatch(options);
        Selection selection = selection(resource, namespace, options);
        long version = ReadRules.watchVersion(options);
        boolean sendsInitial = options.sendInitialEvents().isEmpty() ? version == 0 : options.sendsInitialEvents();
        long current = store.revision();
        if (options.sendsInitialEvents() && ResourceVersions.isFuture(version, current)) {
            return new ErrorChunks(form.error(ApiStatus.tooLargeResourceVersion(version, current)));
        }
        List<Stored> initial = List.of();
        long after = version == 0 ? current : (version < 0 ? Long.MAX_VALUE : version);
        if (sendsInitial) {
            RangeResult.Page page = pageOf(Range.all(selection.keyPrefix()), false);
            initial = page.items().stream().filter(selection).toList();
            after = page.revision();
        }
        WatchRequest request = new WatchRequest(
                after,
                selection,
                form,
                options.bookmarks(),
                timeout(options),
                initial,
                options.sendsInitialEvents() && options.bookmarks());
        return hub.open(resource.keyPrefix(), request)
                .orElseGet(() -> new ErrorChunks(
                        form.error(ApiStatus.tooOld(request.after(), hub.forgotten(resource.keyPrefix())))));
    }

    private Duration timeout(ReadOptions options) {
        long seconds = options.timeoutSeconds().orElse(0);
        if (seconds > 0) {
            return Duration.ofSeconds(seconds);
        }
        return WATCH_MIN.plusMillis(environment.random().nextLong(WATCH_MIN.toMillis()));
    }

    private static Selection selection(Resource resource, String namespace, ReadOptions options) {
        FieldSelector fields;
        try {
            fields = resource.fields().translate(options.fields(), resource.definition());
        } catch (SelectorException e) {
            throw ApiStatus.badRequest(String.valueOf(e.getMessage())).exception();
        }
        return new Selection(resource, resource.keyPrefix(namespace), options.labels(), fields);
    }
}
