// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.AccessControl;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.http.Operation.Target;
import io.fairlead.apiserver.internal.registry.Answer;
import io.fairlead.apiserver.internal.registry.Registry;
import io.fairlead.apiserver.internal.registry.RequestContext;
import io.fairlead.apiserver.internal.schema.ApiGroup;
import io.fairlead.apiserver.internal.schema.Schema;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.environment.Environment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way of every request: who asks, what for, do it, say how it went. Any thread may call it. */
public final class ApiHandler {
    private static final Logger LOG = System.getLogger(ApiHandler.class.getName());

    private final Environment environment;
    private final AccessControl access;
    private final ObjectRequests objects;
    private final OperationParser parser;
    private final int bodyBytesMax;
    private final Function<ApiRequest, Optional<ApiResponse>> otherPaths;

    /**
     * The way through one server.
     *
     * @param otherPaths answers discovery, health and the like; empty for a path that it does not know
     */
    public ApiHandler(
            Environment environment,
            AccessControl access,
            Registry registry,
            Schema schema,
            int bodyBytesMax,
            Function<ApiRequest, Optional<ApiResponse>> otherPaths) {
        this.environment = environment;
        this.access = access;
        this.objects = new ObjectRequests(registry, schema);
        this.bodyBytesMax = bodyBytesMax;
        this.parser = new OperationParser(
                registry, schema.groups().stream().map(ApiGroup::name).collect(Collectors.toSet()));
        this.otherPaths = otherPaths;
    }

    /** Answers {@code request}; throws nothing. */
    public ApiResponse handle(ApiRequest request) {
        ApiResponse response;
        try {
            response = examined(request);
        } catch (StatusException e) {
            response = Responses.status(e.status(), Form.Media.JSON);
        } catch (RuntimeException e) {
            // A fault of the server must not take its listener down, and its client gets what upstream's clients get.
            LOG.log(Level.ERROR, request.method() + " " + request.path() + " failed", e);
            response = Responses.status(ApiStatus.internal(String.valueOf(e.getMessage())), Form.Media.JSON);
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
                Responses.status(new ApiStatus(401, "Unauthorized", "Unauthorized", null), Form.Media.JSON);
            case AccessControl.Answer.Forbidden no ->
                Responses.status(
                        new ApiStatus(
                                403, "Forbidden", no.message(), ApiStatus.details(no.group(), no.kind(), no.name())),
                        Form.Media.JSON);
        };
    }

    private ApiResponse answered(ApiRequest request, UserInfo user) {
        RequestContext context = new RequestContext(user, environment.now());
        ApiResponse response;
        try {
            response = perform(request, context);
        } catch (StatusException e) {
            response = Responses.status(e.status(), errorMedia(request));
        }
        if (!context.warnings().isEmpty()) {
            response.headers().put("Warning", Warnings.headers(context.warnings()));
        }
        return response;
    }

    /** Refusals come in the media type that was asked for if there is one, whatever else is wrong. */
    private static Form.Media errorMedia(ApiRequest request) {
        try {
            return Negotiation.form(request.header("accept")).media();
        } catch (StatusException e) {
            return Form.Media.JSON;
        }
    }

    private ApiResponse perform(ApiRequest request, RequestContext context) {
        Query query = Query.parse(request.query());
        Operation operation = parser.parse(request, query);
        if (operation instanceof Operation.Other) {
            return otherPaths.apply(request).orElseGet(() -> Responses.text(404, "404 page not found\n"));
        }
        if (operation instanceof Operation.Unreadable) {
            return Responses.text(400, "400 Bad Request");
        }
        if (request.body().length > bodyBytesMax) {
            throw ApiStatus.tooLarge("Request entity too large: limit is " + bodyBytesMax)
                    .exception();
        }
        RequestOptions.checkTimeout(query);
        if (operation instanceof Operation.Watch(Target target)) {
            Form form = Negotiation.streamForm(request.header("accept"));
            return objects.watch(new ObjectRequests.Call(request, query, context, form), target);
        }
        Form form = Negotiation.form(request.header("accept"));
        return Responses.of(answer(operation, new ObjectRequests.Call(request, query, context, form)), form);
    }

    private Answer answer(Operation operation, ObjectRequests.Call call) {
        return switch (operation) {
            case Operation.Get(Target target) -> objects.get(call, target);
            case Operation.List(Target target) -> objects.list(call, target);
            case Operation.Create(Target target) -> objects.create(call, target);
            case Operation.Update(Target target) -> objects.update(call, target);
            case Operation.Patch(Target target) -> objects.patch(call, target);
            case Operation.Delete(Target target) -> objects.delete(call, target);
            case Operation.DeleteCollection(Target target) -> objects.deleteCollection(call, target);
            case Operation.Watch ignored -> throw new IllegalStateException("a watch has no single answer");
            case Operation.Other ignored -> throw new IllegalStateException("not about objects");
            case Operation.Unreadable ignored -> throw new IllegalStateException("not about anything");
        };
    }
}
