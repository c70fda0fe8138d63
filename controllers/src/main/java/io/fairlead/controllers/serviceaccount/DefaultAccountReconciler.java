// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.framework.Answer;
import io.fairlead.framework.ApiRefusedException;
import io.fairlead.framework.Context;
import io.fairlead.framework.Lister;
import io.fairlead.framework.ObjectKey;
import io.fairlead.framework.ObjectMetadata;
import io.fairlead.framework.Outcome;
import io.fairlead.framework.Reconciler;
import io.fairlead.framework.ResourceType;
import io.fairlead.framework.Write;

/** Makes the account {@code default} in every namespace that is not being deleted. */
final class DefaultAccountReconciler implements Reconciler<ObjectMetadata> {
    static final String NAME = "default";

    private final Lister<ObjectMetadata> accounts;

    DefaultAccountReconciler(Lister<ObjectMetadata> accounts) {
        this.accounts = accounts;
    }

    @Override
    public Outcome reconcile(ObjectMetadata namespace, Context context) throws InterruptedException {
        ObjectKey key = new ObjectKey(namespace.name(), NAME);
        if (namespace.terminating() || accounts.get(key).isPresent()) {
            return Outcome.settled();
        }
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        account.put("apiVersion", "v1").put("kind", ResourceType.SERVICE_ACCOUNTS.kind());
        account.putObject("metadata").put("name", NAME).put("namespace", namespace.name());
        Answer answer = context.resources(ResourceType.SERVICE_ACCOUNTS).send(Write.create(namespace.name(), account));
        return Created.outcome(answer);
    }

    /** What becomes of a reconcile that made something in a namespace. */
    static final class Created {
        private Created() {}

        static Outcome outcome(Answer answer) {
            return switch (answer) {
                case Answer.Done ignored -> Outcome.settled();
                case Answer.AlreadyExists ignored -> Outcome.settled();
                // The namespace is gone, or about to go.
                case Answer.NotFound ignored -> Outcome.settled();
                case Answer.Refused refused when refused.status().hasCause("NamespaceTerminating") -> Outcome.settled();
                case Answer.Refused refused -> throw new ApiRefusedException(refused.status());
            };
        }
    }
}
