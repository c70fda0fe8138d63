// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.bootstrap;

import io.fairlead.apiserver.internal.registry.Resource;
import io.fairlead.apiserver.internal.registry.Resources;
import io.fairlead.apiserver.internal.storage.Facts;
import io.fairlead.apiserver.internal.storage.Store;
import io.fairlead.apiserver.internal.storage.Value;
import io.fairlead.environment.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the objects that every cluster begins with into an empty store.
 *
 * <p>They are kept as the bytes that are stored, with places for what differs from cluster to cluster, so that a start neither
 * decodes nor encodes any of them.
 */
public final class BootstrapObjects {
    private static final String OBJECTS = "/io/fairlead/apiserver/bootstrap/objects.txt";
    private static final int COLUMNS = 6;

    private final Environment environment;
    private final Resources resources;
    private final Store store;

    public BootstrapObjects(Environment environment, Resources resources, Store store) {
        this.environment = environment;
        this.resources = resources;
        this.store = store;
    }

    /**
     * Creates what is not there yet.
     *
     * @param serviceNetwork the range of cluster IPs, such as {@code 10.0.0.0/16}
     * @param firstServiceAddress the address in it that the service of the server itself gets
     */
    public void create(String serviceNetwork, String firstServiceAddress) {
        String now = environment.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String text = read().replace("<network>", serviceNetwork)
                .replace("<first>", firstServiceAddress)
                .replace("<time>", now)
                .replace("<date>", now.substring(0, now.indexOf('T')));
        text.lines().forEach(line -> createOne(line, now));
    }

    private void createOne(String line, String now) {
        String[] columns = line.split("\t", COLUMNS);
        Resource resource = resources.named(columns[0]);
        String open = "\"metadata\":{";
        String body = open + "\"uid\":\"" + environment.newUid() + "\",\"creationTimestamp\":\"" + now + "\","
                + columns[5].substring(open.length());
        Facts facts = new Facts(pairs(columns[3]), pairs(columns[4]));
        Value value = new Value(Resource.head(resource.storageKind()), body.getBytes(StandardCharsets.UTF_8), facts);
        // What an earlier start has left in a durable store stays as it is.
        store.create(resource.key(columns[1], columns[2]), value);
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    private static String read() {
        try (InputStream in = BootstrapObjects.class.getResourceAsStream(OBJECTS)) {
            if (in == null) {
                throw new IllegalStateException("the bootstrap objects are not on the class path: " + OBJECTS);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the bootstrap objects", e);
        }
    }
}
