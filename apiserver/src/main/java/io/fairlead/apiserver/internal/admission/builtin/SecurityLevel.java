// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.admission.builtin;

import io.fairlead.apiserver.internal.codec.JsonString;
import io.fairlead.apiserver.internal.validation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One of the pod security standards, as of a release.
 *
 * @param minor of the release 1.minor; {@link #LATEST} for the newest
 */
record SecurityLevel(Strictness strictness, int minor) {
    static final int LATEST = Integer.MAX_VALUE;

    /** From the most to the least lenient. */
    enum Strictness {
        PRIVILEGED,
        BASELINE,
        RESTRICTED
    }

    private static final String LABELS = "pod-security.kubernetes.io/";
    private static final SecurityLevel NONE = new SecurityLevel(Strictness.PRIVILEGED, LATEST);

    @Override
    public String toString() {
        return strictness.name().toLowerCase(Locale.ROOT) + ":" + (minor == LATEST ? "latest" : "v1." + minor);
    }

    /**
     * What a namespace wants for its pods.
     *
     * @param enforce which pods are refused
     * @param warn of which pods their author is warned
     * @param errors labels that cannot be read; in their place stands what is safest
     */
    record Policy(SecurityLevel enforce, SecurityLevel warn, List<FieldError> errors) {
        static final Policy NONE = new Policy(SecurityLevel.NONE, SecurityLevel.NONE, List.of());

        /** Whether any label speaks of it: almost none does. */
        static boolean said(Map<String, String> labels) {
            return labels.keySet().stream().anyMatch(label -> label.startsWith(LABELS));
        }

        static Policy of(Map<String, String> labels) {
            if (!said(labels)) {
                return NONE;
            }
            List<FieldError> errors = new ArrayList<>();
            SecurityLevel enforce = read(labels, "enforce", Strictness.RESTRICTED, errors);
            read(labels, "audit", Strictness.PRIVILEGED, errors);
            SecurityLevel warn = read(labels, "warn", Strictness.PRIVILEGED, errors);
            boolean enforces =
                    strictness(labels.getOrDefault(LABELS + "enforce", "")).isPresent();
            if (enforces && !labels.containsKey(LABELS + "warn") && enforce.strictness.compareTo(warn.strictness) > 0) {
                int minor = labels.containsKey(LABELS + "warn-version") ? warn.minor : enforce.minor;
                warn = new SecurityLevel(enforce.strictness, minor);
            }
            return new Policy(enforce, warn, errors);
        }

        private static SecurityLevel read(
                Map<String, String> labels, String mode, Strictness otherwise, List<FieldError> errors) {
            Strictness strictness = Strictness.PRIVILEGED;
            String level = labels.get(LABELS + mode);
            if (level != null) {
                Optional<Strictness> known = strictness(level);
                strictness = known.orElse(otherwise);
                if (known.isEmpty()) {
                    errors.add(error(mode, level, "must be one of privileged, baseline, restricted"));
                }
            }
            int minor = LATEST;
            String version = labels.get(LABELS + mode + "-version");
            if (version != null && version.matches("v1\\.(0|[1-9][0-9]{0,8})")) {
                minor = Integer.parseInt(version.substring("v1.".length()));
            } else if (version != null && !version.equals("latest")) {
                errors.add(error(mode + "-version", version, "must be \"latest\" or \"v1.x\""));
            }
            return new SecurityLevel(strictness, minor);
        }

        private static Optional<Strictness> strictness(String text) {
            return switch (text) {
                case "privileged" -> Optional.of(Strictness.PRIVILEGED);
                case "baseline" -> Optional.of(Strictness.BASELINE);
                case "restricted" -> Optional.of(Strictness.RESTRICTED);
                default -> Optional.empty();
            };
        }

        private static FieldError error(String label, String value, String detail) {
            return new FieldError(
                    FieldError.Kind.INVALID, "metadata.labels[" + LABELS + label + "]", new JsonString(value), detail);
        }
    }
}
