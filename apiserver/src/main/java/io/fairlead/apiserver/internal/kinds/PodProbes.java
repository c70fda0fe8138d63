// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.validation.Addresses;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the probes and lifecycle hooks of a container. */
final class PodProbes {
    private static final List<String> COUNTS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");

    private PodProbes() {}

    /** The three probes of {@code container} at {@code path}. */
    static void validateAll(JsonObject container, long gracePeriod, FieldPath path, FieldErrors errors) {
        JsonObject liveness = container.object("livenessProbe");
        if (liveness != null) {
            validate(liveness, gracePeriod, path.child("livenessProbe"), errors);
            validateOneSuccess(liveness, path.child("livenessProbe"), errors);
        }
        JsonObject readiness = container.object("readinessProbe");
        if (readiness != null) {
            validate(readiness, gracePeriod, path.child("readinessProbe"), errors);
            if (!Defaults.absent(readiness, "terminationGracePeriodSeconds")) {
                errors.invalid(
                        path.child("readinessProbe", "terminationGracePeriodSeconds"),
                        readiness.get("terminationGracePeriodSeconds"),
                        "must not be set for readinessProbes");
            }
        }
        JsonObject startup = container.object("startupProbe");
        if (startup != null) {
            validate(startup, gracePeriod, path.child("startupProbe"), errors);
            validateOneSuccess(startup, path.child("startupProbe"), errors);
        }
    }

    static void validateLifecycle(
            @Nullable JsonObject lifecycle, long gracePeriod, FieldPath path, FieldErrors errors) {
        if (lifecycle == null) {
            return;
        }
        for (String hook : List.of("postStart", "preStop")) {
            JsonObject handler = lifecycle.object(hook);
            if (handler != null) {
                validateHandler(handler, gracePeriod, path.child(hook), errors);
            }
        }
    }

    private static void validateOneSuccess(JsonObject probe, FieldPath path, FieldErrors errors) {
        long threshold = probe.number("successThreshold", 0);
        if (threshold != 1) {
            errors.invalid(path.child("successThreshold"), threshold, "must be 1");
        }
    }

    private static void validate(JsonObject probe, long gracePeriod, FieldPath path, FieldErrors errors) {
        validateHandler(probe, gracePeriod, path, errors);
        for (String count : COUNTS) {
            errors.nonnegative(path.child(count), probe.number(count, 0));
        }
        if (!Defaults.absent(probe, "terminationGracePeriodSeconds")
                && probe.number("terminationGracePeriodSeconds", 0) <= 0) {
            errors.invalid(
                    path.child("terminationGracePeriodSeconds"),
                    probe.number("terminationGracePeriodSeconds", 0),
                    "must be greater than 0");
        }
    }

    private static void validateHandler(JsonObject handler, long gracePeriod, FieldPath path, FieldErrors errors) {
        int handlers = 0;
        for (String type : List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep")) {
            JsonObject action = handler.object(type);
            if (action == null) {
                continue;
            }
            FieldPath at = path.child(type);
            if (handlers > 0) {
                errors.forbidden(at, "may not specify more than 1 handler type");
                continue;
            }
            handlers++;
            switch (type) {
                case "exec" -> {
                    if (action.arrayOrEmpty("command").isEmpty()) {
                        errors.required(at.child("command"), "");
                    }
                }
                case "httpGet" -> validateHttpGet(action, at, errors);
                case "tcpSocket" -> PodPorts.validateNumberOrName(action.get("port"), at.child("port"), errors);
                case "grpc" -> Addresses.validatePort(action.number("port", 0), at.child("port"), errors);
                default -> validateSleep(action, gracePeriod, at, errors);
            }
        }
        if (handlers == 0) {
            errors.required(path, "must specify a handler type");
        }
    }

    private static void validateHttpGet(JsonObject get, FieldPath path, FieldErrors errors) {
        if (get.text("path").isEmpty()) {
            errors.required(path.child("path"), "");
        }
        PodPorts.validateNumberOrName(get.get("port"), path.child("port"), errors);
        errors.oneOf(path.child("scheme"), get.text("scheme"), List.of("HTTP", "HTTPS"));
        for (JsonObject header : get.objects("httpHeaders")) {
            String name = header.text("name");
            errors.invalid(path.child("httpHeaders"), name, Names.httpHeader(name));
        }
    }

    private static void validateSleep(JsonObject sleep, long gracePeriod, FieldPath path, FieldErrors errors) {
        long seconds = sleep.number("seconds", 0);
        if (seconds < 0 || seconds > gracePeriod) {
            errors.invalid(
                    path,
                    seconds,
                    "must be non-negative and less than terminationGracePeriodSeconds (" + gracePeriod + ")");
        }
    }
}
