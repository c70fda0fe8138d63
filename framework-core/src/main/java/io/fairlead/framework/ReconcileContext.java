// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fairlead.environment.Environment;
import java.util.List;

/** What one call of a reconciler may use. */
record ReconcileContext(ControllerRunner.Surroundings surroundings, WriteFence fence, ObjectKey key, int failures)
        implements Context {
    @Override
    public Environment environment() {
        return surroundings.environment();
    }

    @Override
    public ResourceClient resources(ResourceType type) {
        return new FencedResources(surroundings.resources().apply(type), fence, key);
    }

    @Override
    public KubernetesClient kubernetes() {
        return surroundings.kubernetes();
    }

    @Override
    public void wrote(HasMetadata object) {
        ObjectMetadata metadata = new TypedProjection<>(HasMetadata.class).metadata(object);
        fence.wrote(key, ResourceType.of(object.getClass()), metadata);
    }

    @Override
    public EventRecorder events() {
        return surroundings.events();
    }

    /** Tells the fence of each write that the server has answered. */
    private record FencedResources(ResourceClient resources, WriteFence fence, ObjectKey key)
            implements ResourceClient {
        @Override
        public ResourceType type() {
            return resources.type();
        }

        @Override
        public Call<Answer> start(Write write) {
            Call<Answer> call = resources.start(write);
            return () -> {
                Answer answer = call.await();
                if (answer instanceof Answer.Done(ApiObject object) && !write.dryRun()) {
                    record(write, object);
                }
                return answer;
            };
        }

        private void record(Write write, ApiObject object) {
            if (write.verb() == Write.Verb.DELETE) {
                fence.deleted(key, type(), new ObjectKey(write.namespace(), write.name()));
            } else if (write.subresource().isEmpty() || write.subresource().equals("status")) {
                // Answers about other subresources are not the object.
                fence.wrote(key, type(), object.metadata());
            }
        }

        @Override
        public Answer get(ObjectKey object) throws InterruptedException {
            return resources.get(object);
        }

        @Override
        public Answer get(ObjectKey object, String subresource) throws InterruptedException {
            return resources.get(object, subresource);
        }

        @Override
        public <T> List<T> list(Selection selection, Projection<T> projection) throws InterruptedException {
            return resources.list(selection, projection);
        }

        @Override
        public Answer deleteAll(Selection selection, Write.Propagation propagation) throws InterruptedException {
            return resources.deleteAll(selection, propagation);
        }
    }
}
