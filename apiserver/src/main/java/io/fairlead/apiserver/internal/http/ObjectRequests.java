// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.http.Operation.Target;
import io.fairlead.apiserver.internal.merge.PatchType;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.registry.DeleteOptions;
import io.fairlead.apiserver.internal.registry.ObjectPatcher;
import io.fairlead.apiserver.internal.registry.ObjectType;
import io.fairlead.apiserver.internal.registry.ReadOptions;
import io.fairlead.apiserver.internal.registry.Registry;
import io.fairlead.apiserver.internal.registry.RequestContext;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.registry.WriteContext;
import io.fairlead.apiserver.internal.registry.WriteOptions;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.watch.FrameForm;

/** Carries out what a request wants done to objects: from options and body to the registry, and back. Any thread may call it. */
final class ObjectRequests {
    private final Registry registry;
    private final Bodies bodies;
    private final DeleteRequests deletes;

    ObjectRequests(Registry registry, Schema schema) {
        this.registry = registry;
        this.bodies = new Bodies(schema);
        this.deletes = new DeleteRequests(registry.resources());
    }

    /**
     * A request for objects.
     *
     * @param shapes in which the answer is wanted
     */
    record Call(ApiRequest request, Query query, RequestContext context, Shapes shapes) {
        WriteContext write(Target target, WriteOptions options) {
            return new WriteContext(
                    context, target.resource(), target.namespace(), target.name(), target.subresource(), options);
        }

        WriteOptions options(String kind, boolean apply) {
            return RequestOptions.write(query, kind, apply, request.header("user-agent"));
        }
    }

    Answer get(Call call, Target target) {
        Resource resource = target.resource();
        var stored =
                registry.reader().get(resource, target.namespace(), target.name(), call.query.text("resourceVersion"));
        return target.subresource().equals("scale")
                ? registry.scales().get(resource, stored)
                : new Answer.One(200, resource, stored);
    }

    Answer list(Call call, Target target) {
        return registry.reader().list(target.resource(), target.namespace(), RequestOptions.read(call.query));
    }

    ApiResponse watch(Call call, Target target) {
        Resource resource = target.resource();
        FrameForm frames = call.shapes.form().isPlainJson() && resource.servedAsStored()
                ? new JsonWatchFrames(resource.kind())
                : new TreeWatchFrames(resource, call.shapes, true);
        ReadOptions options = RequestOptions.read(call.query);
        if (!target.name().isEmpty()) {
            options = options.ofName(target.name());
        }
        return Responses.stream(
                registry.reader().watch(target.resource(), target.namespace(), options, frames), call.shapes.form());
    }

    Answer create(Call call, Target target) {
        WriteContext write = call.write(target, call.options("CreateOptions", false));
        JsonObject object = body(call, target, write);
        return switch (target.subresource()) {
            case "" -> created(write, object);
            case "token" -> registry.tokenRequests().issue(write, object);
            case "binding" -> registry.binder().bind(write, object);
            case "eviction" ->
                registry.evictor().evict(write, object, DeleteRequests.checked(object.objectOrEmpty("deleteOptions")));
            default -> throw ApiStatus.pathNotFound().exception();
        };
    }

    private Answer created(WriteContext write, JsonObject object) {
        Resource resource = write.resource();
        if (resource.stored()) {
            resource.strategy().setDefaults(object);
            return registry.creator().create(write, object);
        }
        if (resource.definition().qualifiedName().equals("bindings")) {
            Resource pods = registry.resources().named("pods");
            return registry.binder()
                    .bind(
                            new WriteContext(write.request(), pods, write.namespace(), "", "binding", write.options()),
                            object);
        }
        return registry.reviews().answer(write, object);
    }

    private JsonObject body(Call call, Target target, WriteContext write) {
        ObjectType type = registry.resources().bodyType(target.resource(), target.subresource());
        return bodies.object(call.request, type, write.options().strictness(), call.context);
    }

    Answer update(Call call, Target target) {
        WriteContext write = call.write(target, call.options("UpdateOptions", false));
        JsonObject object = body(call, target, write);
        if (target.subresource().equals("scale")) {
            return registry.scales().replace(write, object);
        }
        target.resource().strategy().setDefaults(object);
        return registry.updater().replace(write, object);
    }

    /** @throws StatusException 415 for a patch of no known type */
    Answer patch(Call call, Target target) {
        PatchType type = PatchType.of(call.request.header("content-type")).orElseThrow(() -> new ApiStatus(
                        415, "UnsupportedMediaType", "415: Unsupported Media Type", new JsonObject())
                .exception());
        boolean applies = type == PatchType.APPLY;
        WriteContext write = call.write(target, call.options("PatchOptions", applies));
        ObjectPatcher.Patch patch =
                new ObjectPatcher.Patch(type, call.request.body(), applies ? Bodies.applied(call.request) : null);
        return target.subresource().equals("scale")
                ? registry.scales().patch(write, patch)
                : registry.patcher().patch(write, patch);
    }

    Answer delete(Call call, Target target) {
        DeleteOptions options = deletes.options(call.request, call.query);
        return registry.deleter().delete(call.write(target, deletion(call, options)), options);
    }

    Answer deleteCollection(Call call, Target target) {
        DeleteOptions options = deletes.options(call.request, call.query);
        return registry.collectionDeleter()
                .delete(call.write(target, deletion(call, options)), RequestOptions.read(call.query), options);
    }

    private static WriteOptions deletion(Call call, DeleteOptions options) {
        return RequestOptions.deletion(options.dryRun(), call.request.header("user-agent"));
    }
}
