// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.AccessControl;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.http.Operation.Target;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.registry.DeleteOptions;
import io.fairlead.apiserver.internal.registry.Registry;
import io.fairlead.apiserver.internal.registry.RequestContext;
import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.registry.WriteContext;
import io.fairlead.apiserver.internal.registry.WriteOptions;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.environment.Environment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The way of every request: who asks, what for, do it, say how it went. Any thread may call it. */
public final class ApiHandler {
    private final Environment environment;
    private final AccessControl access;
    private final Registry registry;
    private final OperationParser parser;
    private final Function<ApiRequest, Optional<ApiResponse>> otherPaths;

    /**
     * @param groups the names of all groups that are served
     * @param otherPaths answers discovery, health and the like; empty for a path that it does not know
     */
    public ApiHandler(
            Environment environment,
            AccessControl access,
            Registry registry,
            Set<String> groups,
            Function<ApiRequest, Optional<ApiResponse>> otherPaths) {
        this.environment = environment;
        this.access = access;
        this.registry = registry;
        this.parser = new OperationParser(registry, groups);
        this.otherPaths = otherPaths;
    }

    /** Answers {@code request}; throws nothing. */
    public ApiResponse handle(ApiRequest request) {
        ApiResponse response;
        try {
            response = examined(request);
        } catch (StatusException e) {
            response = Responses.status(e.status());
        }
        String auditId = request.header("audit-id");
        response.headers()
                .put(
                        "Audit-Id",
                        List.of(auditId.isEmpty() ? environment.newUid().toString() : auditId));
        return response;
    }

    private ApiResponse examined(ApiRequest request) {
        return switch (access.examine(request)) {
            case AccessControl.Answer.Allowed(UserInfo user) -> answered(request, user);
            case AccessControl.Answer.Unauthorized() ->
                Responses.status(new ApiStatus(401, "Unauthorized", "Unauthorized", null));
            case AccessControl.Answer.Forbidden no ->
                Responses.status(new ApiStatus(
                        403, "Forbidden", no.message(), ApiStatus.details(no.group(), no.kind(), no.name())));
        };
    }

    private ApiResponse answered(ApiRequest request, UserInfo user) {
        RequestContext context = new RequestContext(user, environment.now());
        ApiResponse response;
        try {
            response = perform(request, context);
        } catch (StatusException e) {
            response = Responses.status(e.status());
        }
        if (!context.warnings().isEmpty()) {
            response.headers().put("Warning", Warnings.headers(context.warnings()));
        }
        return response;
    }

    private ApiResponse perform(ApiRequest request, RequestContext context) {
        Query query = Query.parse(request.query());
        return switch (parser.parse(request, query)) {
            case Operation.Other() ->
                otherPaths.apply(request).orElseGet(() -> Responses.text(404, "404 page not found\n"));
            case Operation.Watch(Target target) -> watch(request, query, target);
            case Operation.Get(Target target) -> {
                Form form = form(request);
                yield Responses.of(get(target, query), form);
            }
            case Operation.List(Target target) -> {
                Form form = form(request);
                yield Responses.of(
                        registry.reader().list(target.resource(), target.namespace(), RequestOptions.read(query)),
                        form);
            }
            case Operation.Create(Target target) -> {
                Form form = form(request);
                WriteContext write = write(request, query, context, target, "CreateOptions");
                yield Responses.of(registry.creator().create(write, Bodies.object(request, target.resource())), form);
            }
            case Operation.Update(Target target) -> {
                Form form = form(request);
                WriteContext write = write(request, query, context, target, "UpdateOptions");
                yield Responses.of(registry.updater().replace(write, Bodies.object(request, target.resource())), form);
            }
            case Operation.Delete(Target target) -> {
                Form form = form(request);
                WriteContext write = write(request, query, context, target, "DeleteOptions");
                yield Responses.of(registry.deleter().delete(write, DeleteOptions.DEFAULT), form);
            }
            case Operation.Patch ignored -> throw ApiStatus.methodNotAllowed().exception();
            case Operation.DeleteCollection ignored ->
                throw ApiStatus.methodNotAllowed().exception();
        };
    }

    private static Form form(ApiRequest request) {
        return Negotiation.form(request.header("accept"));
    }

    private Answer get(Target target, Query query) {
        Resource resource = target.resource();
        return new Answer.One(
                200,
                resource,
                registry.reader().get(resource, target.namespace(), target.name(), query.text("resourceVersion")));
    }

    private ApiResponse watch(ApiRequest request, Query query, Target target) {
        Form form = Negotiation.streamForm(request.header("accept"));
        return Responses.stream(
                registry.reader()
                        .watch(
                                target.resource(),
                                target.namespace(),
                                RequestOptions.read(query),
                                new JsonFrames(target.resource().kind())),
                form);
    }

    private static WriteContext write(
            ApiRequest request, Query query, RequestContext context, Target target, String optionsKind) {
        WriteOptions options = RequestOptions.write(query, optionsKind, false, request.header("user-agent"));
        return new WriteContext(
                context, target.resource(), target.namespace(), target.name(), target.subresource(), options);
    }
}
