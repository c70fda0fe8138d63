// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.namespace;

import io.fairlead.environment.Api;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;

/** Puts the controller that empties namespaces into a host. */
@Api(Api.Status.INTERNAL)
public final class NamespaceController {
    /** As in the original: emptying one namespace is many requests, and others need not wait for it. */
    private static final int WORKERS = 10;

    private NamespaceController() {}

    /** Adds the controller. */
    public static void add(ControllerHost host) {
        host.add(Controller.forResource(NamespaceFacts.SOURCE)
                .named("namespace-controller")
                .workers(WORKERS)
                .reconciledBy(new NamespaceReconciler(host)));
    }
}
