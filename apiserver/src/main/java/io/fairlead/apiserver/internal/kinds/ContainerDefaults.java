// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills in what a container leaves out. */
final class ContainerDefaults {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final int NAME_MAX = 255;
    private static final Pattern NAME_PART = Pattern.compile("[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

    private ContainerDefaults() {}

    static void ofContainer(JsonObject container) {
        Defaults.text(container, "imagePullPolicy", pullPolicy(container.text("image")));
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        for (JsonObject port : container.objects("ports")) {
            Defaults.text(port, "protocol", "TCP");
        }
        for (JsonObject variable : container.objects("env")) {
            JsonObject source = variable.object("valueFrom");
            if (source != null) {
                fieldRef(source.object("fieldRef"));
                if (source.get("fileKeyRef") instanceof JsonObject file) {
                    Defaults.pointer(file, "optional", false);
                }
            }
        }
        for (String name : PROBES) {
            JsonObject probe = container.object(name);
            if (probe != null) {
                ofProbe(probe);
            }
        }
        JsonObject lifecycle = container.object("lifecycle");
        if (lifecycle != null) {
            ofHandler(lifecycle.object("postStart"));
            ofHandler(lifecycle.object("preStop"));
        }
        JsonObject resources = container.child("resources");
        Defaults.roundResources(resources, "limits");
        Defaults.roundResources(resources, "requests");
    }

    /** A reference to a field without a version is to the field of version v1. */
    static void fieldRef(@Nullable JsonObject reference) {
        if (reference != null) {
            Defaults.text(reference, "apiVersion", "v1");
        }
    }

    /**
     * {@code Always} for an image that names no version or the version {@code latest}, because what it means may change; else
     * {@code IfNotPresent}, also for what is no image name at all.
     */
    static String pullPolicy(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String name = tagged ? named.substring(0, colon) : named;
        String tag = tagged ? named.substring(colon + 1) : "latest";
        if (!wellFormed(name) || !TAG.matcher(tag).matches()) {
            return "IfNotPresent";
        }
        boolean latest = tagged ? tag.equals("latest") : at < 0;
        return latest ? "Always" : "IfNotPresent";
    }

    /** Whether this can name an image; hosts may have capitals and ports. */
    private static boolean wellFormed(String name) {
        int slash = name.indexOf('/');
        boolean host = slash > 0 && isHost(name.substring(0, slash));
        String path = host ? name.substring(slash + 1) : name;
        return name.length() <= NAME_MAX && Arrays.stream(path.split("/", -1)).allMatch(NAME_PART.asMatchPredicate());
    }

    private static boolean isHost(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.equals("localhost");
    }

    private static void ofProbe(JsonObject probe) {
        Defaults.number(probe, "timeoutSeconds", 1);
        Defaults.number(probe, "periodSeconds", 10);
        Defaults.number(probe, "successThreshold", 1);
        Defaults.number(probe, "failureThreshold", 3);
        ofHandler(probe);
        if (probe.get("grpc") instanceof JsonObject grpc) {
            Defaults.pointer(grpc, "service", "");
        }
    }

    private static void ofHandler(@Nullable JsonObject handler) {
        if (handler != null && handler.get("httpGet") instanceof JsonObject get) {
            Defaults.text(get, "path", "/");
            Defaults.text(get, "scheme", "HTTP");
        }
    }
}
