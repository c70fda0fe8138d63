// SPDX-License-Identifier: Apache-2.0
package io.fairlead.framework;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the API server what it serves: the groups, then all their versions at once. */
final class DiscoveryReader {
    private final ApiConnection connection;

    DiscoveryReader(ApiConnection connection) {
        this.connection = connection;
    }

    private record GroupVersion(String name, boolean preferred) {
        private String path() {
            return name.indexOf('/') < 0 ? "/api/" + name : "/apis/" + name;
        }
    }

    /**
     * What is served.
     *
     * @throws ApiUnreachableException if not even the groups are told
     */
    Discovery read() throws InterruptedException {
        List<GroupVersion> versions = new ArrayList<>();
        versions.add(new GroupVersion("v1", true));
        try {
            versions.addAll(groups(body(ask("/apis").await(), "/apis")));
        } catch (IOException e) {
            throw new ApiUnreachableException("the API groups cannot be read", e);
        }
        Map<GroupVersion, Call<ApiConnection.Reply>> calls = new LinkedHashMap<>();
        versions.forEach(version -> calls.put(version, ask(version.path())));
        List<Discovery.Served> resources = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Map.Entry<GroupVersion, Call<ApiConnection.Reply>> call : calls.entrySet()) {
            GroupVersion version = call.getKey();
            try {
                resources.addAll(resources(version, body(call.getValue().await(), version.path())));
            } catch (IOException | ApiUnreachableException e) {
                failures.add(version.name() + ": " + e.getMessage());
            }
        }
        return new Discovery(resources, failures);
    }

    private Call<ApiConnection.Reply> ask(String path) {
        return connection.send(
                connection.request(path).header("Accept", "application/json").build());
    }

    private static byte[] body(ApiConnection.Reply reply, String path) throws IOException {
        if (reply.code() != 200) {
            throw new IOException("GET " + path + " was answered with " + reply.code());
        }
        return reply.body();
    }

    private static List<GroupVersion> groups(byte[] body) throws IOException {
        List<GroupVersion> versions = new ArrayList<>();
        try (JsonCursor json = JsonCursor.of(body)) {
            json.beginObject();
            while (json.nextField()) {
                if (json.field().equals("groups")) {
                    json.each(group -> versions.addAll(group(group)));
                } else {
                    json.skip();
                }
            }
        }
        return versions;
    }

    private static List<GroupVersion> group(JsonCursor json) throws IOException {
        List<String> names = List.of();
        String preferred = "";
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "versions" -> names = json.list(DiscoveryReader::groupVersion);
                case "preferredVersion" -> preferred = groupVersion(json);
                default -> json.skip();
            }
        }
        String best = preferred;
        return names.stream()
                .map(name -> new GroupVersion(name, name.equals(best)))
                .toList();
    }

    private static String groupVersion(JsonCursor json) throws IOException {
        String name = "";
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("groupVersion")) {
                name = json.text();
            } else {
                json.skip();
            }
        }
        return name;
    }

    private static List<Discovery.Served> resources(GroupVersion version, byte[] body) throws IOException {
        List<Discovery.Served> resources = new ArrayList<>();
        try (JsonCursor json = JsonCursor.of(body)) {
            json.beginObject();
            while (json.nextField()) {
                if (json.field().equals("resources")) {
                    json.each(resource -> resources.addAll(resource(version, resource)));
                } else {
                    json.skip();
                }
            }
        }
        return resources;
    }

    /** One, or none if it is a subresource. */
    private static List<Discovery.Served> resource(GroupVersion version, JsonCursor json) throws IOException {
        String plural = "";
        String kind = "";
        boolean namespaced = false;
        List<String> verbs = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "name" -> plural = json.text();
                case "kind" -> kind = json.text();
                case "namespaced" -> namespaced = json.bool();
                case "verbs" -> verbs = json.texts();
                default -> json.skip();
            }
        }
        if (plural.isEmpty() || kind.isEmpty() || plural.indexOf('/') >= 0) {
            return List.of();
        }
        int slash = version.name().indexOf('/');
        String group = slash < 0 ? "" : version.name().substring(0, slash);
        ResourceType type = new ResourceType(group, version.name().substring(slash + 1), plural, kind, namespaced);
        return List.of(new Discovery.Served(type, verbs, version.preferred()));
    }
}
