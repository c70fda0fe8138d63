// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.schema.ResourceDefinition;

/** Service accounts: of the secrets they list, only the names count. */
final class ServiceAccountStrategy extends GenericStrategy {
    ServiceAccountStrategy(ResourceDefinition resource) {
        super(resource);
    }

    @Override
    boolean checksWholeOnUpdate() {
        return true;
    }

    @Override
    public void prepareForCreate(Context context, JsonObject next) {
        super.prepareForCreate(context, next);
        keepSecretNamesOnly(next);
    }

    @Override
    public void prepareForUpdate(Context context, JsonObject next, JsonObject old) {
        super.prepareForUpdate(context, next, old);
        keepSecretNamesOnly(next);
    }

    private static void keepSecretNamesOnly(JsonObject object) {
        for (JsonObject secret : object.objects("secrets")) {
            String name = secret.text("name");
            secret.clear();
            if (!name.isEmpty()) {
                secret.put("name", name);
            }
        }
    }
}
