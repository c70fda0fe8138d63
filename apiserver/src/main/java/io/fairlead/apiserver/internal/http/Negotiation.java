// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.http.Form.Media;
import io.fairlead.apiserver.internal.http.Form.Shape;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Chooses the form of an answer by the {@code Accept} header, as upstream does in its two steps. Pure. */
final class Negotiation {
    private static final String NO_SUCH_TYPE = "406: Not Acceptable\n\nAvailable representations: application/json,"
            + " application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch,"
            + " application/vnd.kubernetes.protobuf;stream=watch";
    private static final String NO_SUCH_FORM =
            "only the following media types are accepted: application/json, application/yaml,"
                    + " application/vnd.kubernetes.protobuf";

    private Negotiation() {}

    /**
     * The form of an answer that is one piece.
     *
     * @param shapes whether there are tables and metadata of it
     */
    static Form form(String accept, boolean shapes) {
        return choose(accept, false, shapes);
    }

    /** The form of a stream of events, which YAML has none of. */
    static Form streamForm(String accept) {
        return choose(accept, true, true);
    }

    private static Form choose(String accept, boolean stream, boolean shapes) {
        if (accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*")) {
            return Form.JSON;
        }
        List<Clause> clauses = clauses(accept);
        if (clauses.stream().noneMatch(Clause::isKnown)) {
            throw new ApiStatus(
                            406, "NotAcceptable", NO_SUCH_TYPE, new io.fairlead.apiserver.internal.codec.JsonObject())
                    .exception();
        }
        for (Clause clause : clauses) {
            Optional<Form> form = clause.form(stream, shapes);
            if (form.isPresent()) {
                return form.get();
            }
        }
        throw notAcceptable();
    }

    /** 406 for a form that what is asked for does not have. */
    static StatusException notAcceptable() {
        return new ApiStatus(406, "NotAcceptable", NO_SUCH_FORM, null).exception();
    }

    private static List<Clause> clauses(String accept) {
        List<Clause> clauses = new ArrayList<>();
        for (String part : accept.split(",", -1)) {
            String[] pieces = part.split(";", -1);
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < pieces.length; i++) {
                int equals = pieces[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            pieces[i].substring(0, equals).strip(),
                            pieces[i].substring(equals + 1).strip());
                }
            }
            clauses.add(new Clause(pieces[0].strip().toLowerCase(Locale.ROOT), parameters));
        }
        clauses.sort(Comparator.comparingDouble(Clause::quality).reversed());
        return clauses;
    }

    private record Clause(String type, Map<String, String> parameters) {
        double quality() {
            try {
                return Double.parseDouble(parameters.getOrDefault("q", "1"));
            } catch (NumberFormatException e) {
                return 1;
            }
        }

        boolean isKnown() {
            return !type.equals("application/*") && media().isPresent();
        }

        Optional<Media> media() {
            for (Media media : Media.values()) {
                if (media.type().equals(type)) {
                    return Optional.of(media);
                }
            }
            return type.equals("*/*") || type.equals("application/*") ? Optional.of(Media.JSON) : Optional.empty();
        }

        Optional<Form> form(boolean stream, boolean shapes) {
            Media media = media().orElse(null);
            if (media == null || (stream && media == Media.YAML)) {
                return Optional.empty();
            }
            String as = parameters.getOrDefault("as", "");
            if (as.isEmpty()) {
                return Optional.of(new Form(media, Shape.OBJECT, "v1"));
            }
            if (!shapes) {
                return Optional.empty();
            }
            String version = parameters.getOrDefault("v", "");
            boolean meta = parameters.getOrDefault("g", "").equals("meta.k8s.io");
            if (!meta || !(version.equals("v1") || version.equals("v1beta1"))) {
                return Optional.empty();
            }
            return switch (as) {
                case "Table" ->
                    media == Media.PROTOBUF ? Optional.empty() : Optional.of(new Form(media, Shape.TABLE, version));
                case "PartialObjectMetadata" -> Optional.of(new Form(media, Shape.PARTIAL, version));
                case "PartialObjectMetadataList" -> Optional.of(new Form(media, Shape.PARTIAL_LIST, version));
                default -> Optional.empty();
            };
        }
    }
}
