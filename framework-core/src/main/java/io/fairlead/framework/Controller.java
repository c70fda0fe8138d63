// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fairlead.environment.Api;

/** Where the description of a controller starts. */
@Api(Api.Status.EXPERIMENTAL)
public final class Controller {
    private Controller() {}

    /** A controller of the objects of a source, one key for each. */
    public static <T> ControllerSpec.Builder<T> forResource(Source<T> primary) {
        return new ControllerSpec.Builder<>(primary);
    }

    /** A controller of the objects of a model class. */
    public static <T extends HasMetadata> ControllerSpec.Builder<T> forResource(Class<T> model) {
        return forResource(Source.of(model));
    }
}
