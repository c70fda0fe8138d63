// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.registry;

import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Which combinations of list and watch options make sense. Pure. */
final class ReadRules {
    private static final String MATCH = "resourceVersionMatch";

    private ReadRules() {}

    /** @throws StatusException 422 if the options contradict each other */
    static void checkList(ReadOptions options) {
        List<FieldError> errors = new ArrayList<>();
        String match = options.match();
        if (!match.isEmpty()) {
            if (options.resourceVersion().isEmpty()) {
                errors.add(forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!options.continueToken().isEmpty()) {
                errors.add(forbidden("resourceVersionMatch is forbidden when continue is provided"));
            }
            if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
                errors.add(unsupported(match, "\"Exact\", \"NotOlderThan\", \"\""));
            }
            if (match.equals("Exact") && options.resourceVersion().equals("0")) {
                errors.add(forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (!options.sendInitialEvents().isEmpty()) {
            errors.add(new FieldError(
                    FieldError.Kind.FORBIDDEN, "sendInitialEvents", null, "sendInitialEvents is forbidden for list"));
        }
        refuse(errors);
    }

    /** @throws StatusException 422 if the options contradict each other */
    static void checkWatch(ReadOptions options) {
        List<FieldError> errors = new ArrayList<>();
        String match = options.match();
        boolean initial = !options.sendInitialEvents().isEmpty();
        if (initial && !match.equals("NotOlderThan")) {
            errors.add(forbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty()) {
            if (!initial) {
                errors.add(
                        forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }
            if (!match.equals("NotOlderThan")) {
                errors.add(unsupported(match, "\"NotOlderThan\""));
            }
        }
        if (!options.continueToken().isEmpty()) {
            errors.add(forbidden("resourceVersionMatch is forbidden when continue is provided"));
        }
        refuse(errors);
    }

    private static FieldError forbidden(String detail) {
        return new FieldError(FieldError.Kind.FORBIDDEN, MATCH, null, detail);
    }

    private static FieldError unsupported(String match, String supported) {
        return new FieldError(
                FieldError.Kind.NOT_SUPPORTED, MATCH, new JsonString(match), "supported values: " + supported);
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiStatus.invalid("meta.k8s.io", "ListOptions", "", errors).exception();
        }
    }

    /** The version a list is to be at, or not older than; 0 if any will do. */
    static long listVersion(ReadOptions options) {
        String text = options.resourceVersion();
        try {
            return text.isEmpty() ? 0 : ResourceVersions.parse(text);
        } catch (NumberFormatException e) {
            throw ApiStatus.badRequest("invalid resource version: resourceVersion: Invalid value: \"" + text + "\": "
                            + ResourceVersions.goMessage(text))
                    .exception();
        }
    }

    /** The version after which a watch begins; 0 if now will do. */
    static long watchVersion(ReadOptions options) {
        String text = options.resourceVersion();
        try {
            return text.isEmpty() ? 0 : ResourceVersions.parse(text);
        } catch (NumberFormatException e) {
            throw ApiStatus.unexpected(
                            "resourceVersion: Invalid value: \"" + text + "\": " + ResourceVersions.goMessage(text))
                    .exception();
        }
    }

    static ContinueToken continueToken(ReadOptions options) {
        ContinueToken token = ContinueToken.decode(options.continueToken());
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals("0")) {
            throw ApiStatus.badRequest("specifying resource version is not allowed when using continue")
                    .exception();
        }
        return token;
    }
}
