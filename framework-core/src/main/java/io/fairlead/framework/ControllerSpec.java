// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fairlead.environment.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything needed to run one controller, checked once and immutable from then on.
 *
 * <p>A class and not a record, so that settings can be added without breaking those who build or read it.
 *
 * @param <T> what the reconciler sees of the objects it is for
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ControllerSpec<T> {
    private final String name;
    private final Source<T> primary;
    private final Predicate<? super Change<T>> filter;
    private final Mapper<T> primaryMapper;
    private final List<Watch<?>> watches;
    private final List<Source<?>> reads;
    private final int workers;
    private final int retriesMax;
    private final RetryLimits retryLimits;
    private final Reconciler<T> reconciler;

    private ControllerSpec(Builder<T> builder, Reconciler<T> reconciler) {
        this.name = builder.name;
        this.primary = builder.primary;
        this.filter = builder.filter;
        this.primaryMapper = builder.primaryMapper;
        this.watches = List.copyOf(builder.watches);
        this.reads = List.copyOf(builder.reads);
        this.workers = builder.workers;
        this.retriesMax = builder.retriesMax;
        this.retryLimits = builder.retryLimits;
        this.reconciler = requireNonNull(reconciler, "reconciler");
    }

    public String name() {
        return name;
    }

    public Source<T> primary() {
        return primary;
    }

    public int workers() {
        return workers;
    }

    Predicate<? super Change<T>> filter() {
        return filter;
    }

    Mapper<T> primaryMapper() {
        return primaryMapper;
    }

    List<Watch<?>> watches() {
        return watches;
    }

    List<Source<?>> reads() {
        return reads;
    }

    int retriesMax() {
        return retriesMax;
    }

    RetryLimits retryLimits() {
        return retryLimits;
    }

    Reconciler<T> reconciler() {
        return reconciler;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Another source, and which keys its changes concern. */
    record Watch<S>(Source<S> source, Predicate<? super Change<S>> filter, Mapper<S> mapper) {}

    /** Collects settings; {@link #reconciledBy} ends it, so a spec without a reconciler cannot be built. */
    public static final class Builder<T> {
        /** Retrying without end is what most controllers of the original do. */
        private static final int UNLIMITED = Integer.MAX_VALUE;

        private final Source<T> primary;
        private final List<Watch<?>> watches = new ArrayList<>();
        private final List<Source<?>> reads = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private String name;
        private Predicate<? super Change<T>> filter = change -> true;
        private Mapper<T> primaryMapper;
        private int workers = 1;
        private int retriesMax = UNLIMITED;
        private RetryLimits retryLimits = RetryLimits.STANDARD;

        Builder(Source<T> primary) {
            this.primary = requireNonNull(primary, "primary");
            this.name = primary.type().plural() + "-controller";
            this.primaryMapper = (change, trigger) ->
                    trigger.wake(primary.projection().metadata(change.object()).key());
        }

        /** Replaces the default name, which is the plural followed by {@code -controller}. Must be unique in a host. */
        public Builder<T> named(String newName) {
            this.name = requireNonNull(newName, "name");
            return this;
        }

        /** Wakes the key of a changed primary object only if {@code newFilter} lets the change through. */
        public Builder<T> when(Predicate<? super Change<T>> newFilter) {
            this.filter = requireNonNull(newFilter, "filter");
            return this;
        }

        /** Replaces what a change of a primary object does, which is to wake its key: for delays. */
        public Builder<T> wakesBy(Mapper<T> mapper) {
            this.primaryMapper = requireNonNull(mapper, "mapper");
            return this;
        }

        /** Reconciles the controlling owner whenever an object of {@code source} changes. */
        public <S> Builder<T> owns(Source<S> source) {
            return owns(source, change -> true);
        }

        /** Reconciles the controlling owner of objects of a model class whenever one changes. */
        public <S extends HasMetadata> Builder<T> owns(Class<S> model) {
            return owns(Source.of(model));
        }

        /**
         * Reconciles the controlling owner when an object of {@code source} changes in a way that {@code filter} lets through.
         * If the owner changes, both the old and the new one.
         */
        public <S> Builder<T> owns(Source<S> source, Predicate<? super Change<S>> ownedFilter) {
            if (source.equals(primary)) {
                problems.add("owns(" + source + ") names the reconciled objects themselves");
            }
            return watches(source, ownedFilter, new OwnerMapper<>(primary.type(), source.projection()));
        }

        /** Reconciles what {@code mapper} says whenever an object of {@code source} changes. */
        public <S> Builder<T> watches(Source<S> source, Mapper<S> mapper) {
            return watches(source, change -> true, mapper);
        }

        /** Reconciles what {@code mapper} says when an object of {@code source} changes in a way {@code filter} lets through. */
        public <S> Builder<T> watches(Source<S> source, Predicate<? super Change<S>> watchFilter, Mapper<S> mapper) {
            watches.add(new Watch<>(
                    requireNonNull(source, "source"),
                    requireNonNull(watchFilter, "filter"),
                    requireNonNull(mapper, "mapper")));
            return this;
        }

        /**
         * The reconciler reads this source too, so its writes there are waited for; changes wake nobody. What it reads from is
         * {@code host.informer(source).lister()}, asked for before the controller is added.
         */
        public Builder<T> reads(Source<?> source) {
            reads.add(requireNonNull(source, "source"));
            return this;
        }

        /** How many keys may be reconciled at once; 1 unless set. */
        public Builder<T> workers(int newWorkers) {
            this.workers = newWorkers;
            return this;
        }

        /** After how many retries in a row a key is given up until something wakes it; never unless set. */
        public Builder<T> retriesMax(int newRetriesMax) {
            this.retriesMax = newRetriesMax;
            return this;
        }

        /** How fast failing keys are retried. */
        public Builder<T> retryLimits(RetryLimits newLimits) {
            this.retryLimits = requireNonNull(newLimits, "retryLimits");
            return this;
        }

        /**
         * Checks the settings and returns the finished spec.
         *
         * @throws IllegalArgumentException naming every problem at once, not just the first
         */
        public ControllerSpec<T> reconciledBy(Reconciler<T> reconciler) {
            List<String> all = new ArrayList<>(problems);
            if (name.isBlank()) {
                all.add("the name is empty");
            }
            if (workers < 1) {
                all.add("workers must be at least 1, is " + workers);
            }
            if (retriesMax < 0) {
                all.add("retriesMax must not be negative, is " + retriesMax);
            }
            if (!all.isEmpty()) {
                throw new IllegalArgumentException("controller " + name + ": " + String.join("; ", all));
            }
            return new ControllerSpec<>(this, reconciler);
        }
    }
}
