// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads paths as {@code /api/VERSION/...} and {@code /apis/GROUP/VERSION/...}. */
final class AttributesParser {
    /** These two name parts of the namespace itself; anything else below a namespace is a resource in it. */
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    private AttributesParser() {}

    static Attributes parse(String method, String path, String query) {
        Attributes.Path other = new Attributes.Path(method.toLowerCase(Locale.ROOT), path);
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(AttributesParser::decoded)
                .toList();
        if (parts.size() < 3) {
            return other;
        }
        if (parts.getFirst().equals("api")) {
            return resource(method, "", parts.subList(2, parts.size()), query);
        }
        if (parts.getFirst().equals("apis") && parts.size() > 3) {
            return resource(method, parts.get(1), parts.subList(3, parts.size()), query);
        }
        return other;
    }

    private static Attributes resource(String method, String group, List<String> afterVersion, String query) {
        String verb = verbOf(method);
        List<String> parts = afterVersion;
        if (parts.getFirst().equals("watch") && parts.size() > 1) {
            verb = "watch";
            parts = parts.subList(1, parts.size());
        }
        String namespace = "";
        if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
            if (parts.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(parts.get(2))) {
                parts = parts.subList(2, parts.size());
            }
        }
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource = parts.size() > 2 ? parts.get(2) : "";
        if (name.isEmpty() && (verb.equals("get") || verb.equals("watch"))) {
            verb = verb.equals("watch") || watches(query) ? "watch" : "list";
            name = nameSelected(query);
        } else if (name.isEmpty() && verb.equals("delete")) {
            verb = "deletecollection";
        }
        return new Attributes.Resource(verb, group, parts.getFirst(), subresource, namespace, name);
    }

    private static String verbOf(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> "get";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    private static boolean watches(String query) {
        String value = parameter(query, "watch", "false");
        return !value.equals("false") && !value.equals("0");
    }

    /** A list that a field selector narrows to one name is a request for that name. */
    private static String nameSelected(String query) {
        String prefix = "metadata.name=";
        return Arrays.stream(parameter(query, "fieldSelector", "").split(",", -1))
                .filter(term -> term.startsWith(prefix))
                .map(term -> term.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    private static String parameter(String query, String name, String otherwise) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return equals < 0 ? "" : decoded(pair.substring(equals + 1));
            }
        }
        return otherwise;
    }

    private static String decoded(String part) {
        if (part.indexOf('%') < 0 && part.indexOf('+') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A broken escape: taken as it stands, so that nobody may do with it what the real name would allow.
            return part;
        }
    }
}
