// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import io.fairlead.apiserver.ApiServer;
import io.fairlead.apiserver.ApiServerOptions;
import io.fairlead.environment.Environment;
import java.nio.file.Path;

/** The servers that scripts are played against: fresh ones in this JVM, or the one that {@code compatibility.kubeconfig} names. */
final class Servers {
    private static final String KUBECONFIG = System.getProperty("compatibility.kubeconfig", "");

    private Servers() {}

    static Target target(Environment environment) {
        if (!KUBECONFIG.isEmpty()) {
            return new HttpsTarget(environment, Path.of(KUBECONFIG));
        }
        ApiServer server = ApiServer.create(environment, ApiServerOptions.defaults());
        return new InProcessTarget(environment, server::handle, server::close);
    }

    /** A fresh name, as the recordings' were made. */
    static String namespace(Environment environment) {
        return "t" + Long.toString(Math.abs(environment.random().nextLong()), 36);
    }
}
