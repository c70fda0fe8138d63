// SPDX-License-Identifier: Apache-2.0
package io.fairlead.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fairlead.apiserver.ApiResponse;
import java.util.Optional;

/** A server's answer as fabric8 sees it. */
final class LocalHttpResponse extends StandardHttpHeaders implements HttpResponse<AsyncBody> {
    private final HttpRequest request;
    private final int status;
    private final AsyncBody body;

    LocalHttpResponse(HttpRequest request, ApiResponse answer, AsyncBody body) {
        super(answer.headers());
        this.request = requireNonNull(request, "request");
        this.status = answer.status();
        this.body = requireNonNull(body, "body");
    }

    @Override
    public int code() {
        return status;
    }

    @Override
    public AsyncBody body() {
        return body;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
        return Optional.empty();
    }
}
