// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import io.fairlead.framework.Change;
import io.fairlead.framework.Index;
import io.fairlead.framework.Informer;
import io.fairlead.framework.LabelSelector;
import io.fairlead.framework.Lister;
import io.fairlead.framework.Mapper;
import io.fairlead.framework.ObjectMetadata;
import java.util.List;
import java.util.function.Function;

/** How objects that nobody controls find those who want them. */
public final class Adoption {
    private Adoption() {}

    /** The objects of a cache that nobody controls, by namespace. */
    public static <T> Index<T> orphans(Informer<T> informer, Function<T, ObjectMetadata> metadata) {
        return informer.index("orphans", object -> {
            ObjectMetadata facts = metadata.apply(object);
            return facts.controller().isPresent() ? List.of() : List.of(facts.namespace());
        });
    }

    /** Wakes the owners whose selector matches an object that nobody controls, when it appears, is released or changes labels. */
    public static <C, O> Mapper<C> wakesAdopters(
            Function<C, ObjectMetadata> child,
            Lister<O> owners,
            Function<O, ObjectMetadata> owner,
            Function<O, LabelSelector> selector) {
        return (change, trigger) -> {
            ObjectMetadata orphan = child.apply(change.object());
            if (orphan.controller().isPresent() || orphan.terminating() || !newlyWanted(change, child)) {
                return;
            }
            for (O candidate : owners.inNamespace(orphan.namespace())) {
                if (selector.apply(candidate).matches(orphan.labels())) {
                    trigger.wake(owner.apply(candidate).key());
                }
            }
        };
    }

    private static <C> boolean newlyWanted(Change<C> change, Function<C, ObjectMetadata> child) {
        return switch (change) {
            case Change.Added<C> ignored -> true;
            case Change.Updated<C>(C old, C now) -> {
                ObjectMetadata before = child.apply(old);
                ObjectMetadata after = child.apply(now);
                yield !before.labels().equals(after.labels())
                        || before.controller().isPresent();
            }
            case Change.Deleted<C> ignored -> false;
        };
    }
}
