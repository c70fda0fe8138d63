// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.ApiRequest;
import io.fairlead.apiserver.ApiResponse;
import io.fairlead.apiserver.internal.auth.AccessControl;
import io.fairlead.apiserver.internal.auth.UserInfo;
import io.fairlead.apiserver.internal.codec.GoText;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way of every request: who asks, what for, do it, say how it went. Any thread may call it. */
public final class ApiHandler {
    private static final Logger LOG = System.getLogger(ApiHandler.class.getName());

    private final Environment environment;
    private final List<String> flowSchemaUid;
    private final List<String> priorityLevelUid;
    private final AccessControl access;
    private final ObjectRequests objects;
    private final Connections connections;
    private final OperationParser parser;
    private final Set<String> groups;
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
        // Nothing is queued yet, so every request is of the same flow.
        this.flowSchemaUid = List.of(environment.newUid().toString());
        this.priorityLevelUid = List.of(environment.newUid().toString());
        this.access = access;
        this.objects = new ObjectRequests(registry, schema);
        this.connections = new Connections(registry);
        this.bodyBytesMax = bodyBytesMax;
        this.groups = schema.groups().stream().map(ApiGroup::name).collect(Collectors.toSet());
        this.parser = new OperationParser(registry.resources(), groups);
        this.otherPaths = otherPaths;
    }

    /** Answers {@code request}; throws nothing. */
    public ApiResponse handle(ApiRequest request) {
        ApiResponse response;
        try {
            response = OperationParser.isUnfinished(request.path()) ? unfinished(request) : examined(request);
        } catch (StatusException e) {
            response = Responses.status(e.status(), Form.Media.JSON);
        } catch (RuntimeException e) {
            // A fault of the server must not take its listener down, and its client gets what upstream's clients get.
            LOG.log(Level.ERROR, request.method() + " " + request.path() + " failed", e);
            response = Responses.status(ApiStatus.internal(String.valueOf(e.getMessage())), Form.Media.JSON);
        }
        String auditId = request.header("audit-id");
        Map<String, List<String>> headers = new HashMap<>(response.headers());
        headers.put("Audit-Id", List.of(auditId.isEmpty() ? environment.newUid().toString() : auditId));
        headers.put("X-Kubernetes-Pf-Flowschema-Uid", flowSchemaUid);
        headers.put("X-Kubernetes-Pf-Prioritylevel-Uid", priorityLevelUid);
        ApiResponse complete = new ApiResponse(response.status(), headers, response.body());
        if (Indentation.isWanted(request)) {
            complete = Indentation.of(complete);
        }
        if (request.method().equals("HEAD")) {
            return Responses.withoutBody(complete);
        }
        return acceptsGzip(request) ? Responses.compressed(complete) : complete;
    }

    /** The original fails before it looks at who asks, and says so in plain text. */
    private static ApiResponse unfinished(ApiRequest request) {
        String url = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
        ApiResponse response = Responses.text(
                500,
                "Internal Server Error: " + GoText.quote(url)
                        + ": failed to create RequestInfo: unable to determine kind and namespace from url, " + url
                        + "\n");
        response.headers().remove("Cache-Control");
        return response;
    }

    private static boolean acceptsGzip(ApiRequest request) {
        // What the original serves below here it does not compress, although it is long.
        return request.header("accept-encoding").contains("gzip")
                && !request.path().startsWith("/openapi/v3/");
    }

    private ApiResponse examined(ApiRequest request) {
        return switch (access.examine(request)) {
            case AccessControl.Answer.Allowed(UserInfo user) -> answered(request, user);
            case AccessControl.Answer.Unauthorized() ->
                Responses.status(new ApiStatus(401, "Unauthorized", "Unauthorized", null), Form.Media.JSON);
            case AccessControl.Answer.BadRequest(String message) ->
                Responses.status(new ApiStatus(400, "BadRequest", message, null), Form.Media.JSON);
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
            response = refused(request, e.status());
        }
        if (!context.warnings().isEmpty()) {
            response.headers().put("Warning", Warnings.headers(context.warnings()));
        }
        return response;
    }

    /**
     * Refusals come in the media type that was asked for if there is one, whatever else is wrong; else in JSON for people, as
     * the original writes where it does not negotiate.
     */
    private static ApiResponse refused(ApiRequest request, ApiStatus status) {
        try {
            return Responses.status(
                    status,
                    Negotiation.form(request.header("accept"), true, false).media());
        } catch (StatusException e) {
            return Indentation.of(Responses.status(status, Form.Media.JSON));
        }
    }

    private ApiResponse perform(ApiRequest request, RequestContext context) {
        Query query = Query.parse(request.query());
        Operation operation = parser.parse(request, query);
        if (operation instanceof Operation.Other) {
            return otherPaths.apply(request).orElseGet(() -> unknown(request));
        }
        if (operation instanceof Operation.Unreadable) {
            ApiResponse refusal = Responses.text(400, "400 Bad Request");
            refusal.headers().remove("Cache-Control");
            return refusal;
        }
        if (request.body().length > bodyBytesMax) {
            throw ApiStatus.tooLarge("Request entity too large: limit is " + bodyBytesMax)
                    .exception();
        }
        RequestOptions.checkTimeout(query);
        Optional<Target> reached = Connections.wanted(operation);
        if (reached.isPresent()) {
            return connections.answer(request, query, reached.get());
        }
        if (operation instanceof Operation.Watch(Target target)) {
            Shapes shapes = shapes(Negotiation.streamForm(request.header("accept")), query);
            Deprecations.of(operation).ifPresent(context::warn);
            return objects.watch(new ObjectRequests.Call(request, query, context, shapes), target);
        }
        Form form = Negotiation.form(request.header("accept"), operation.offersShapes(), operation.offersStreams());
        Deprecations.of(operation).ifPresent(context::warn);
        Shapes shapes = shapes(form, query);
        return Responses.of(answer(operation, new ObjectRequests.Call(request, query, context, shapes)), shapes);
    }

    /** Below a group that is served the answer is a {@code Status}, elsewhere plain text. */
    private ApiResponse unknown(ApiRequest request) {
        String[] parts = request.path().split("/", -1);
        boolean core = parts.length > 2 && parts[1].equals("api");
        boolean known = parts.length > 3 && parts[1].equals("apis") && groups.contains(parts[2]);
        return core || known
                ? Responses.status(ApiStatus.pathNotFound(), Form.Media.JSON)
                : Responses.text(404, "404 page not found\n");
    }

    private Shapes shapes(Form form, Query query) {
        Shapes.IncludeObject include = form.shape() == Form.Shape.TABLE
                ? Shapes.IncludeObject.of(query.text("includeObject"))
                : Shapes.IncludeObject.METADATA;
        return new Shapes(form, include, environment.clock());
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
