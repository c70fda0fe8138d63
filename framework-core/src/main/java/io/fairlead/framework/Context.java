// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Api;
import io.fairlead.environment.Environment;
import java.time.Instant;

/**
 * What a reconcile may use. Valid until the reconcile returns.
 *
 * <p>Writes made through {@link #resources}, and those told to {@link #wrote}, hold the key back until the caches have seen them.
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Context {
    /** The key being reconciled. */
    ObjectKey key();

    /** How many times in a row this key has failed before; 0 the first time. */
    int failures();

    Environment environment();

    /** The time now. */
    default Instant now() {
        return environment().now();
    }

    /** Reads and writes objects as JSON; writes are recorded for the key. */
    ResourceClient resources(ResourceType type);

    /**
     * The typed client. Tell {@link #wrote} what it answers. It writes in its own name, not in that of
     * {@link ControllerHostBuilder#fieldManager}.
     */
    KubernetesClient kubernetes();

    /** Records that the reconcile wrote {@code object}, as the server answered it. */
    void wrote(HasMetadata object);

    /** Where to say what was done, under the controller's name. */
    EventRecorder events();
}
