// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.apiserver.internal.storage.CommitResult.Committed;
import io.fairlead.apiserver.internal.storage.CommitResult.Conflict;
import io.fairlead.apiserver.internal.storage.Store.Range;
import io.fairlead.apiserver.internal.storage.Store.RangeResult;
import io.fairlead.apiserver.internal.storage.Store.WatchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store must do. A backend's test extends this and makes the store. */
abstract class StoreContract {
    private static final String A = "/registry/pods/default/a";
    private static final String B = "/registry/pods/default/b";
    private static final String C = "/registry/pods/other/c";

    private Store store;

    StoreContract() {
        store = newStore();
    }

    /** A new, empty store. */
    abstract Store newStore();

    @BeforeEach
    void startEmpty() {
        store.close();
        store = newStore();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Value value(String data) {
        return new Value(
                "{\"kind\":\"Pod\",".getBytes(UTF_8),
                ("\"metadata\":{\"name\":\"x\"},\"data\":\"" + data + "\"}").getBytes(UTF_8),
                new Facts(Map.of("data", data), Map.of()));
    }

    private Stored created(String key, String data) {
        return committed(store.create(key, value(data)));
    }

    private static Stored committed(CommitResult result) {
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).stored();
    }

    private static String text(Stored stored) {
        return new String(stored.json(), UTF_8);
    }

    private List<String> keysAt(String prefix, long revision) {
        RangeResult result = store.range(new Range(prefix, "", 0, revision));
        assertThat(result).isInstanceOf(RangeResult.Page.class);
        return ((RangeResult.Page) result).items().stream().map(Stored::key).toList();
    }

    @Nested
    class Writes {
        @Test
        void eachRaisesTheRevisionByOne() {
            long before = store.revision();
            Stored a = created(A, "1");
            Stored b = created(B, "1");
            assertThat(a.revision()).isEqualTo(before + 1);
            assertThat(b.revision()).isEqualTo(before + 2);
            assertThat(store.revision()).isEqualTo(before + 2);
        }

        @Test
        void showTheRevisionInsideTheMetadata() {
            Stored a = created(A, "1");
            assertThat(text(a))
                    .isEqualTo("{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"" + a.revision()
                            + "\",\"name\":\"x\"},\"data\":\"1\"}");
        }

        @Test
        void creatingWhatExistsIsAConflictThatShowsWhatIsThere() {
            Stored a = created(A, "1");
            assertThat(store.create(A, value("2"))).isEqualTo(new Conflict(java.util.Optional.of(a)));
        }

        @Test
        void updatingAnOlderRevisionIsAConflict() {
            Stored first = created(A, "1");
            Stored second = committed(store.update(A, first.revision(), value("2")));
            assertThat(store.update(A, first.revision(), value("3"))).isInstanceOf(Conflict.class);
            assertThat(store.get(A)).contains(second);
        }

        @Test
        void updatingOrDeletingWhatIsNotThereIsAConflict() {
            assertThat(store.update(A, 1, value("1"))).isInstanceOf(Conflict.class);
            assertThat(store.delete(A, 1)).isInstanceOf(Conflict.class);
        }

        @Test
        void deletingAnswersTheLastStateAtTheRevisionOfTheDeletion() {
            Stored a = created(A, "1");
            Stored gone = committed(store.delete(A, a.revision()));
            assertThat(gone.revision()).isEqualTo(a.revision() + 1);
            assertThat(text(gone)).contains("\"resourceVersion\":\"" + gone.revision() + "\"");
            assertThat(store.get(A)).isEmpty();
        }

        @Test
        void aDeletedKeyCanBeCreatedAgain() {
            committed(store.delete(A, created(A, "1").revision()));
            Stored again = created(A, "2");
            assertThat(store.get(A)).contains(again);
        }

        @Test
        void ofAFailedOneNothingRemains() {
            created(A, "1");
            long before = store.revision();
            store.create(A, value("2"));
            assertThat(store.revision()).isEqualTo(before);
        }
    }

    @Nested
    class Ranges {
        @Test
        void areInTheOrderOfTheKeys() {
            created(B, "1");
            created(C, "1");
            created(A, "1");
            assertThat(keysAt("/registry/pods/", 0)).containsExactly(A, B, C);
            assertThat(keysAt("/registry/pods/default/", 0)).containsExactly(A, B);
        }

        @Test
        void showTheStateOfTheRevisionAskedFor() {
            Stored a = created(A, "1");
            long one = store.revision();
            committed(store.update(A, a.revision(), value("2")));
            created(B, "1");
            long two = store.revision();
            committed(store.delete(B, store.get(B).orElseThrow().revision()));
            assertThat(keysAt("/registry/", one)).containsExactly(A);
            assertThat(keysAt("/registry/", two)).containsExactly(A, B);
            assertThat(keysAt("/registry/", 0)).containsExactly(A);
            RangeResult.Page page = (RangeResult.Page) store.range(new Range("/registry/", "", 0, one));
            assertThat(page.items()).containsExactly(a);
        }

        @Test
        void stopAtTheLimitAndSayHowMuchIsLeft() {
            created(A, "1");
            created(B, "1");
            created(C, "1");
            RangeResult.Page first = (RangeResult.Page) store.range(new Range("/registry/", "", 2, 0));
            assertThat(first.items()).extracting(Stored::key).containsExactly(A, B);
            assertThat(first.remaining()).isEqualTo(1);
            RangeResult.Page rest =
                    (RangeResult.Page) store.range(new Range("/registry/", B + "\0", 2, first.revision()));
            assertThat(rest.items()).extracting(Stored::key).containsExactly(C);
            assertThat(rest.remaining()).isZero();
        }

        @Test
        void atARevisionThatDoesNotExistYetAreRefused() {
            assertThat(store.range(new Range("/registry/", "", 0, store.revision() + 1)))
                    .isEqualTo(new RangeResult.Future(store.revision()));
        }

        @Test
        void beforeTheCompactedRevisionAreRefused() {
            Stored a = created(A, "1");
            committed(store.update(A, a.revision(), value("2")));
            store.compact(store.revision());
            assertThat(store.range(new Range("/registry/", "", 0, a.revision())))
                    .isEqualTo(new RangeResult.Compacted(store.revision()));
            assertThat(keysAt("/registry/", store.revision())).containsExactly(A);
        }
    }

    @Nested
    class Watches {
        private final List<Change> changes = new ArrayList<>();

        private WatchResult watch(String prefix, long after) {
            return store.watch(prefix, after, changes::add);
        }

        @Test
        void beginWithWhatHappenedSince() {
            Stored a = created(A, "1");
            Stored b = created(B, "1");
            watch("/registry/", a.revision());
            Stored c = created(C, "1");
            assertThat(changes).extracting(Change::revision).containsExactly(b.revision(), c.revision());
        }

        @Test
        void tellWhatWasThereBefore() {
            watch("/registry/", store.revision());
            Stored one = created(A, "1");
            Stored two = committed(store.update(A, one.revision(), value("2")));
            committed(store.delete(A, two.revision()));
            assertThat(changes)
                    .containsExactly(
                            new Change(A, one.revision(), one, null),
                            new Change(A, two.revision(), two, one),
                            new Change(A, two.revision() + 1, null, two));
        }

        @Test
        void doNotSeeOtherPrefixes() {
            watch("/registry/pods/other/", store.revision());
            created(A, "1");
            created(C, "1");
            assertThat(changes).extracting(Change::key).containsExactly(C);
        }

        @Test
        void endWhenTheyAreClosed() {
            WatchResult.Watching watching = (WatchResult.Watching) watch("/registry/", store.revision());
            created(A, "1");
            watching.subscription().close();
            created(B, "1");
            assertThat(changes).extracting(Change::key).containsExactly(A);
        }

        @Test
        void fromBeforeTheCompactedRevisionAreRefused() {
            Stored a = created(A, "1");
            created(B, "1");
            store.compact(store.revision());
            assertThat(watch("/registry/", a.revision())).isEqualTo(new WatchResult.Compacted(store.revision()));
            assertThat(watch("/registry/", store.revision())).isInstanceOf(WatchResult.Watching.class);
        }
    }
}
