// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.kinds;

import io.fairlead.apiserver.internal.codec.GoText;
import io.fairlead.apiserver.internal.validation.FieldErrors;
import io.fairlead.apiserver.internal.validation.FieldPath;
import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;
import java.util.function.Function;

/** The names of those who sign certificates: a domain and a path, such as {@code example.com/signer}. */
final class SignerNames {
    private static final int DOMAIN_MAX = 253;

    /** As long as {@code label.subdomain} may be. */
    private static final int PATH_MAX = 253 + 63 + 1;

    private SignerNames() {}

    static void validate(String name, FieldPath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        String[] segments = name.split("/", -1);
        if (segments.length != 2) {
            errors.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (segments[0].length() > DOMAIN_MAX) {
            errors.tooLong(path, DOMAIN_MAX);
        }
        validateLabels(segments[0], Names::dnsLabel, path, errors);
        if (segments[0].indexOf('.') < 0) {
            errors.invalid(path, segments[0], "should be a domain with at least two segments separated by dots");
        }
        validateLabels(segments[1], Names::dnsSubdomain, path, errors);
        if (name.length() > DOMAIN_MAX + PATH_MAX + 1) {
            errors.tooLong(path, DOMAIN_MAX + PATH_MAX + 1);
        }
    }

    private static void validateLabels(
            String segment, Function<String, List<String>> rule, FieldPath path, FieldErrors errors) {
        for (String label : segment.split("\\.", -1)) {
            for (String problem : rule.apply(label)) {
                errors.invalid(path, segment, "validating label " + GoText.quote(label) + ": " + problem);
            }
        }
    }
}
