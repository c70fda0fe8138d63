// SPDX-License-Identifier: Apache-2.0
package io.fairlead.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fairlead.environment.Environment;
import io.fairlead.environment.Signal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server over the network: one of ours, or the original. */
final class HttpsTarget implements Target {
    /** How the description of a step begins that the JDK's client refuses to send. */
    static final String CANNOT_SEND = "this client cannot send the path ";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Environment environment;
    private final URI server;
    private final HttpClient admin;
    private final HttpClient nobody;
    private final Runnable stop;

    /**
     * The server and the credentials of the current context in {@code kubeconfig}.
     *
     * @param stop what is to be done when this is closed
     */
    HttpsTarget(Environment environment, Path kubeconfig, Runnable stop) {
        this.environment = environment;
        this.stop = stop;
        Config config = Config.fromKubeconfig(new File(kubeconfig.toString()));
        this.server = URI.create(config.getMasterUrl());
        this.admin = client(config);
        config.setClientCertData(null);
        config.setClientCertFile(null);
        config.setClientKeyData(null);
        config.setClientKeyFile(null);
        this.nobody = client(config);
    }

    private HttpClient client(Config config) {
        try {
            SSLContext context = SSLUtils.sslContext(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config));
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .executor(environment.executor())
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the credentials in the kubeconfig cannot be used", e);
        }
    }

    @Override
    public String authority() {
        return server.getAuthority();
    }

    @Override
    public Answer send(Call call) {
        try {
            HttpResponse<byte[]> response = client(call).send(request(call), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(call.method() + " " + call.path(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted during " + call.method() + " " + call.path(), e);
        }
    }

    @Override
    public EventStream open(Call call) {
        try {
            return new Lines(client(call).send(request(call), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(call.method() + " " + call.path(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted during " + call.method() + " " + call.path(), e);
        }
    }

    @Override
    public void close() {
        admin.shutdownNow();
        nobody.shutdownNow();
        stop.run();
    }

    private HttpClient client(Call call) {
        return call.user().equals("admin") ? admin : nobody;
    }

    private HttpRequest request(Call call) {
        byte[] body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(address(call))
                .timeout(TIMEOUT)
                // The recordings were made by a client without a name, whose writes are attributed to "unknown".
                .header("User-Agent", "unknown")
                .method(call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        call.headers().forEach(request::setHeader);
        if (!call.user().equals("admin") && !call.user().equals("nobody")) {
            request.setHeader("Authorization", "Bearer " + call.user());
        }
        return request.build();
    }

    private URI address(Call call) {
        try {
            return URI.create(server.resolve("/") + call.path().substring(1));
        } catch (IllegalArgumentException e) {
            throw new ScriptFailedException(CANNOT_SEND + call.path());
        }
    }

    /** The lines of a watch, read by a task of their own. */
    private final class Lines implements EventStream {
        private final HttpResponse<InputStream> response;
        private final Signal ready = environment.newSignal();
        private final ReentrantLock lock = new ReentrantLock();
        private List<JsonNode> events = new ArrayList<>();
        private boolean ended;

        Lines(HttpResponse<InputStream> response) {
            this.response = response;
            environment.start("read watch", this::read);
        }

        private void read() {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException closed) {
                // The server or this test has ended the stream, which is what is recorded below.
                ready.raise();
            }
            end();
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
            } finally {
                lock.unlock();
            }
            ready.raise();
        }

        private void add(String line) {
            lock.lock();
            try {
                Json.tryRead(line.getBytes(StandardCharsets.UTF_8)).ifPresent(events::add);
            } finally {
                lock.unlock();
            }
            ready.raise();
        }

        @Override
        public int status() {
            return response.statusCode();
        }

        @Override
        public @Nullable String contentType() {
            return response.headers().firstValue("content-type").orElse(null);
        }

        @Override
        public boolean ended() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<JsonNode> take(int count, Duration wait, boolean end) {
            long deadline = environment.nanoTime() + wait.toNanos();
            while (!ended() && (end || size() < count)) {
                long left = deadline - environment.nanoTime();
                if (left <= 0 || !await(Duration.ofNanos(left))) {
                    break;
                }
            }
            lock.lock();
            try {
                List<JsonNode> taken = events;
                events = new ArrayList<>();
                return taken;
            } finally {
                lock.unlock();
            }
        }

        private int size() {
            lock.lock();
            try {
                return events.size();
            } finally {
                lock.unlock();
            }
        }

        private boolean await(Duration wait) {
            try {
                return ready.await(wait);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while waiting for events", e);
            }
        }
    }
}
