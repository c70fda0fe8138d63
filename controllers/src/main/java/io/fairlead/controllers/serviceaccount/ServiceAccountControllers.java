// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.serviceaccount;

import io.fairlead.environment.Api;
import io.fairlead.framework.Change;
import io.fairlead.framework.Controller;
import io.fairlead.framework.ControllerHost;
import io.fairlead.framework.Mapper;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Projection;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Source;
import java.util.function.Function;

/** Puts the controllers of this package into a host. */
@Api(Api.Status.INTERNAL)
public final class ServiceAccountControllers {
    private ServiceAccountControllers() {}

    /**
     * Adds the controllers.
     *
     * @param rootCertificates in PEM form
     */
    public static void add(ControllerHost host, String rootCertificates) {
        Source<ObjectMetadata> namespaces = Source.of(ResourceType.NAMESPACES, Projection.metadata());
        Source<ObjectMetadata> accounts = Source.of(ResourceType.SERVICE_ACCOUNTS, Projection.metadata());
        host.add(Controller.forResource(namespaces)
                .named("service-account-controller")
                .watches(accounts, ServiceAccountControllers::losesDefault, wakesNamespace(Function.identity()))
                .reconciledBy(
                        new DefaultAccountReconciler(host.informer(accounts).lister())));
        host.add(Controller.forResource(namespaces)
                .named("root-ca-cert-publisher")
                .watches(RootCertificatesFacts.SOURCE, wakesNamespace(RootCertificatesFacts::metadata))
                .reconciledBy(new RootCertificatesReconciler(
                        host.informer(RootCertificatesFacts.SOURCE).lister(), rootCertificates)));
    }

    /** Only the loss of the one account concerns anybody. */
    private static boolean losesDefault(Change<ObjectMetadata> change) {
        return change instanceof Change.Deleted<ObjectMetadata>
                && change.object().name().equals(DefaultAccountReconciler.NAME);
    }

    private static <T> Mapper<T> wakesNamespace(Function<T, ObjectMetadata> metadata) {
        return (change, trigger) ->
                trigger.wake(ObjectKey.ofCluster(metadata.apply(change.object()).namespace()));
    }
}
