// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests about the objects of one kind over an {@link ApiConnection}. */
final class ApiResources implements ResourceClient {
    /** As client-go: an overloaded server that still asks to wait after so many tries is reported to the caller. */
    static final int RETRIES_MAX = 10;

    /** A server that names a longer time than this wants to be left alone; the queue will come back later. */
    static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(30);

    private static final String JSON = "application/json";

    private final ApiConnection connection;
    private final ResourceType type;
    private final String fieldManager;

    ApiResources(ApiConnection connection, ResourceType type, String fieldManager) {
        this.connection = connection;
        this.type = type;
        this.fieldManager = fieldManager;
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public Call<Answer> start(Write write) {
        HttpRequest request = WriteRequests.request(connection, type, write, fieldManager);
        return answer(request, connection.send(request), !write.subresource().equals("eviction"));
    }

    @Override
    public Answer get(ObjectKey key) throws InterruptedException {
        return get(key, "");
    }

    @Override
    public Answer get(ObjectKey key, String subresource) throws InterruptedException {
        String path = type.path(key) + (subresource.isEmpty() ? "" : "/" + subresource);
        HttpRequest request = connection.request(path).header("Accept", JSON).build();
        return answer(request, connection.send(request), true).await();
    }

    @Override
    public <T> List<T> list(Selection selection, Projection<T> projection) throws InterruptedException {
        Source<T> source = new Source<>(type, projection, selection);
        List<T> objects = new ArrayList<>();
        String next = "";
        do {
            HttpRequest request = InformerRequests.page(connection, source, next, false);
            ApiConnection.Reply reply = patiently(request, connection.send(request), true);
            if (reply.code() != 200) {
                throw new ApiRefusedException(status(reply));
            }
            ListPage<T> page = decode(reply.body(), projection);
            page.entries().forEach(entry -> objects.add(entry.object()));
            next = page.next();
        } while (!next.isEmpty());
        return objects;
    }

    private <T> ListPage<T> decode(byte[] body, Projection<T> projection) {
        try {
            ListPage<T> page = ListPage.decode(body, projection);
            if (!page.unreadable().isEmpty()) {
                throw new ApiUnreachableException(
                        "the list of " + type + " has an object that is no " + projection + ": " + page.unreadable());
            }
            return page;
        } catch (IOException e) {
            throw new ApiUnreachableException("the list of " + type + " cannot be read", e);
        }
    }

    @Override
    public Answer deleteAll(Selection selection, Write.Propagation propagation) throws InterruptedException {
        HttpRequest request = WriteRequests.deleteAll(connection, type, selection, propagation);
        return answer(request, connection.send(request), true).await();
    }

    private Call<Answer> answer(HttpRequest request, Call<ApiConnection.Reply> call, boolean patient) {
        return () -> {
            ApiConnection.Reply reply = patiently(request, call, patient);
            if (reply.code() >= 200 && reply.code() < 300) {
                try {
                    return new Answer.Done(ApiObject.of(reply.body()));
                } catch (IOException e) {
                    throw new ApiUnreachableException(describe(request) + ": the answer cannot be read", e);
                }
            }
            ApiStatus status = status(reply);
            return switch (reply.code()) {
                case 404 -> new Answer.NotFound(status);
                case 409 ->
                    status.reason().equals("AlreadyExists")
                            ? new Answer.AlreadyExists(status)
                            : new Answer.Conflict(status);
                case 422 -> new Answer.Invalid(status);
                case 401, 403 -> new Answer.Forbidden(status);
                case 429 -> new Answer.TooManyRequests(status);
                default -> {
                    if (reply.code() >= 500) {
                        throw new ApiUnreachableException(
                                describe(request) + ": " + reply.code() + " " + status.message());
                    }
                    yield new Answer.Rejected(status);
                }
            };
        };
    }

    /** Waits for the reply, and asks again as long as the server says that it only needs time. */
    private ApiConnection.Reply patiently(HttpRequest request, Call<ApiConnection.Reply> call, boolean patient)
            throws InterruptedException {
        ApiConnection.Reply reply = call.await();
        for (int retry = 0; patient && retry < RETRIES_MAX && overloaded(reply); retry++) {
            Duration asked = Duration.ofSeconds(reply.retryAfterSeconds());
            connection.environment().sleep(asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked);
            reply = connection.send(request).await();
        }
        return reply;
    }

    /** Whether the request was turned away unread, so that it may be repeated whatever it is. */
    private static boolean overloaded(ApiConnection.Reply reply) {
        return (reply.code() == 429 || reply.code() == 503) && reply.retryAfterSeconds() > 0;
    }

    private static ApiStatus status(ApiConnection.Reply reply) {
        try (JsonCursor json = JsonCursor.of(reply.body())) {
            ApiStatus status = ApiStatus.read(json);
            if (status.code() != 0) {
                return status;
            }
        } catch (IOException e) {
            // Something between us and the server answered: what it says is all there is.
        }
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        return new ApiStatus(reply.code(), "", text, "", List.of(), reply.retryAfterSeconds());
    }

    private static String describe(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }
}
