// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheTest {
    private record Thing(ObjectMetadata metadata, List<String> tags) {}

    private final Cache<Thing> cache = new Cache<>();

    private static Cache.Entry<Thing> thing(String namespace, String name, String... tags) {
        ObjectMetadata metadata =
                ObjectMetadata.of(namespace, name, "uid-" + name).withLabels(Map.of("name", name));
        return new Cache.Entry<>(new Thing(metadata, List.of(tags)), metadata);
    }

    private static List<String> names(List<Thing> things) {
        return things.stream().map(thing -> thing.metadata().name()).toList();
    }

    @Test
    void findsByKeyNamespaceAndLabels() {
        cache.put(thing("a", "one"));
        cache.put(thing("b", "two"));
        cache.put(thing("a", "three"));

        assertThat(cache.get(ObjectKey.of("a", "one"))).isPresent();
        assertThat(cache.get(ObjectKey.of("b", "one"))).isEmpty();
        assertThat(names(cache.list())).containsExactly("one", "two", "three");
        assertThat(names(cache.inNamespace("a"))).containsExactly("one", "three");
        assertThat(cache.inNamespace("c")).isEmpty();
        LabelSelector two = LabelSelector.ofLabels(Map.of("name", "two"));
        assertThat(names(cache.matching("", two))).containsExactly("two");
        assertThat(cache.matching("a", two)).isEmpty();
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void filesNowhereWhatAnIndexCannotFile() {
        Index<Thing> byFirstTag =
                cache.index("first tag", thing -> List.of(thing.tags().getFirst()));
        cache.put(thing("a", "untagged"));
        cache.put(thing("a", "one", "red"));
        assertThat(names(byFirstTag.get("red"))).containsExactly("one");

        cache.put(thing("a", "one"));
        assertThat(byFirstTag.get("red")).isEmpty();
        assertThat(names(cache.list())).containsExactly("untagged", "one");

        cache.remove(ObjectKey.of("a", "untagged"));
        assertThat(names(cache.list())).containsExactly("one");
    }

    @Test
    void keepsIndexesInStep() {
        cache.put(thing("a", "one", "red", "round"));
        Index<Thing> byTag = cache.index("tag", Thing::tags);
        cache.put(thing("a", "two", "red"));
        assertThat(names(byTag.get("red"))).containsExactly("one", "two");

        cache.put(thing("a", "one", "blue", "round"));
        assertThat(names(byTag.get("red"))).containsExactly("two");
        assertThat(names(byTag.get("blue"))).containsExactly("one");
        assertThat(names(byTag.get("round"))).containsExactly("one");

        cache.remove(ObjectKey.of("a", "one"));
        assertThat(byTag.get("blue")).isEmpty();
        assertThat(byTag.get("round")).isEmpty();
    }

    @Test
    void findsByController() {
        ObjectMetadata owned = ObjectMetadata.of("a", "pod", "p")
                .withOwnerReferences(List.of(
                        new OwnerReference("v1", "X", "other", "u0", false, false),
                        new OwnerReference("apps/v1", "ReplicaSet", "rs", "u1", true, true)));
        cache.put(new Cache.Entry<>(new Thing(owned, List.of()), owned));

        assertThat(names(cache.byController().get("u1"))).containsExactly("pod");
        assertThat(cache.byController().get("u0")).isEmpty();
    }

    @Test
    void listsAreSharedUntilSomethingChanges() {
        cache.put(thing("a", "one"));
        List<Thing> before = cache.list();
        assertThat(cache.list()).isSameAs(before);

        cache.put(thing("a", "two"));
        assertThat(names(before)).containsExactly("one");
        assertThat(names(cache.list())).containsExactly("one", "two");
    }

    @Test
    void replacingTellsTheDifference() {
        cache.put(thing("a", "gone"));
        cache.put(version("same", "1"));
        cache.put(version("newer", "1"));
        Map<ObjectKey, Cache.Entry<Thing>> wanted = new LinkedHashMap<>();
        for (Cache.Entry<Thing> entry : List.of(version("same", "1"), version("newer", "2"), version("added", "3"))) {
            wanted.put(entry.metadata().key(), entry);
        }

        List<Change<Thing>> changes = cache.replace(wanted, false);

        assertThat(changes.stream()
                        .map(change -> change.getClass().getSimpleName() + " "
                                + change.object().metadata().name()))
                .containsExactly("Deleted gone", "Updated newer", "Added added");
        assertThat(names(cache.inNamespace("a"))).containsExactly("same", "newer", "added");
    }

    private static Cache.Entry<Thing> version(String name, String version) {
        ObjectMetadata plain = ObjectMetadata.of("a", name, "uid-" + name);
        ObjectMetadata metadata = new ObjectMetadata(
                plain.namespace(),
                name,
                "",
                plain.uid(),
                version,
                1,
                plain.creationTimestamp(),
                plain.deletionTimestamp(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
        return new Cache.Entry<>(new Thing(metadata, List.of()), metadata);
    }
}
