// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Requests over the HTTP client of a {@link KubernetesClient}, whose transport may be a socket or a call within the JVM. Any thread
 * may use it.
 *
 * <p>Callers wait on a {@link Signal}, never on the client's futures, so that they can be run under any environment. The client's own
 * retries are switched off: they wait by the machine's clock, and whoever calls here knows better what may be repeated.
 */
final class ApiConnection {
    /** As long as the API server itself gives a request; an answer that takes longer will not come. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(65);

    private final HttpClient client;
    private final String base;
    private final Environment environment;

    private ApiConnection(HttpClient client, String base, Environment environment) {
        this.client = client;
        this.base = base;
        this.environment = environment;
    }

    static ApiConnection of(KubernetesClient kubernetes, Environment environment) {
        requireNonNull(environment, "environment");
        HttpClient client = kubernetes
                .getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder(kubernetes.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        String url = kubernetes.getMasterUrl().toString();
        return new ApiConnection(client, url.endsWith("/") ? url.substring(0, url.length() - 1) : url, environment);
    }

    Environment environment() {
        return environment;
    }

    /** A request for {@code path}, which begins with a slash and may have a query. */
    HttpRequest.Builder request(String path) {
        return client.newHttpRequestBuilder().uri(URI.create(base + path));
    }

    /** Sends {@code request} and returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the stage does nothing but raise a signal
    Call<Reply> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> future;
        try {
            future = client.sendAsync(request, byte[].class);
        } catch (RuntimeException e) {
            // A client that has been closed does not even try.
            return () -> {
                throw new ApiUnreachableException(describe(request) + ": " + e, e);
            };
        }
        if (future.isDone()) {
            // Answered in the caller's turn: there is nothing to wait for.
            return () -> result(request, future);
        }
        Signal done = environment.newSignal();
        future.whenComplete((reply, problem) -> done.raise());
        return () -> {
            try {
                while (!future.isDone()) {
                    if (!done.await(ANSWER_TIMEOUT) && !future.isDone()) {
                        throw new ApiUnreachableException(
                                describe(request) + ": no answer within " + ANSWER_TIMEOUT.toSeconds() + " s");
                    }
                }
                return result(request, future);
            } finally {
                future.cancel(true);
            }
        };
    }

    /** Opens a stream; what comes of it is told to {@code receiver} on threads of the client, in order. */
    @SuppressWarnings("FutureReturnValueIgnored") // the stages hand everything on to the receiver, failures too
    void stream(HttpRequest request, StreamReceiver receiver) {
        CompletableFuture<HttpResponse<AsyncBody>> future;
        try {
            future = client.consumeBytes(request, (buffers, body) -> receiver.bytes(buffers));
        } catch (RuntimeException e) {
            receiver.ended(e);
            return;
        }
        future.whenComplete((response, problem) -> {
            if (problem != null) {
                receiver.ended(unwrap(problem));
                return;
            }
            AsyncBody body = response.body();
            receiver.opened(response.code(), retryAfterSeconds(response), body);
            body.done().whenComplete((nothing, failure) -> receiver.ended(failure == null ? null : unwrap(failure)));
        });
    }

    private static Reply result(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> future) {
        try {
            HttpResponse<byte[]> response = future.join();
            byte[] body = response.body();
            return new Reply(response.code(), retryAfterSeconds(response), body == null ? new byte[0] : body);
        } catch (CompletionException e) {
            throw new ApiUnreachableException(describe(request) + ": " + unwrap(e), unwrap(e));
        }
    }

    private static int retryAfterSeconds(HttpResponse<?> response) {
        String value = response.header("Retry-After");
        if (value == null) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(value.trim()));
        } catch (NumberFormatException e) {
            // The other form of the header, a date, is one that no API server sends.
            return 0;
        }
    }

    private static Throwable unwrap(Throwable problem) {
        Throwable cause = problem.getCause();
        return problem instanceof CompletionException && cause != null ? cause : problem;
    }

    private static String describe(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A whole answer. */
    record Reply(int code, int retryAfterSeconds, byte[] body) {}

    /** Is told what comes of a stream. */
    interface StreamReceiver {
        /** The answer has begun; each call of {@code consume} on its body asks for one piece. */
        void opened(int code, int retryAfterSeconds, AsyncBody body);

        /** A piece. The buffers may be used after the call. */
        void bytes(List<ByteBuffer> buffers);

        /** Nothing more comes: regularly, or for the reason given. */
        void ended(@Nullable Throwable problem);
    }
}
