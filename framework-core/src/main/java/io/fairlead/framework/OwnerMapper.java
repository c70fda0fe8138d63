// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

/** Wakes the controlling owner of a changed object, before and after the change. */
record OwnerMapper<S>(ResourceType ownerType, Projection<S> projection) implements Mapper<S> {
    @Override
    public void map(Change<S> change, Trigger trigger) {
        wakeOwner(projection.metadata(change.object()), trigger);
        if (change instanceof Change.Updated<S>(S old, S ignored)) {
            wakeOwner(projection.metadata(old), trigger);
        }
    }

    private void wakeOwner(ObjectMetadata owned, Trigger trigger) {
        for (OwnerReference owner : owned.ownerReferences()) {
            if (owner.controller()
                    && owner.kind().equals(ownerType.kind())
                    && owner.group().equals(ownerType.group())) {
                // An owner is in the namespace of what it owns, or in none.
                trigger.wake(new ObjectKey(ownerType.namespaced() ? owned.namespace() : "", owner.name()));
            }
        }
    }
}
