// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.http;

import io.fairlead.apiserver.internal.codec.JsonObject;
import io.fairlead.apiserver.internal.codec.MediaRange;
import io.fairlead.apiserver.internal.http.Form.Media;
import io.fairlead.apiserver.internal.http.Form.Shape;
import io.fairlead.apiserver.internal.status.ApiStatus;
import io.fairlead.apiserver.internal.status.StatusException;
import java.util.List;
import java.util.Optional;

/** Chooses the form of an answer by the {@code Accept} header, as upstream does in its two steps. Pure. */
final class Negotiation {
    private static final String NO_SUCH_TYPE = "406: Not Acceptable\n\nAvailable representations: application/json,"
            + " application/yaml, application/vnd.kubernetes.protobuf";

    /** What is offered beside, where there are changes to watch. */
    private static final String OR_STREAM =
            ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    private static final String NO_SUCH_FORM =
            "only the following media types are accepted: application/json, application/yaml,"
                    + " application/vnd.kubernetes.protobuf";

    private Negotiation() {}

    /**
     * The form of an answer that is one piece.
     *
     * @param shapes whether there are tables and metadata of it
     * @param streams whether the same place gives streams of events, which a refusal names too
     */
    static Form form(String accept, boolean shapes, boolean streams) {
        return choose(accept, false, shapes, streams);
    }

    /** The form of a stream of events, which YAML has none of. */
    static Form streamForm(String accept) {
        return choose(accept, true, true, true);
    }

    private static Form choose(String accept, boolean stream, boolean shapes, boolean streams) {
        if (accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*")) {
            return Form.JSON;
        }
        List<MediaRange> ranges = MediaRange.parse(accept);
        if (ranges.stream().noneMatch(Negotiation::isKnown)) {
            String message = streams ? NO_SUCH_TYPE + OR_STREAM : NO_SUCH_TYPE;
            throw new ApiStatus(406, "NotAcceptable", message, new JsonObject()).exception();
        }
        for (MediaRange range : ranges) {
            Optional<Form> form = form(range, stream, shapes);
            if (form.isPresent()) {
                return form.get();
            }
        }
        throw notAcceptable();
    }

    /**
     * Complains if neither text nor anything else that there is will do.
     *
     * @throws StatusException 406
     */
    static void checkText(String accept) {
        if (accept.isBlank() || MediaRange.parse(accept).stream().anyMatch(each -> each.matches("text/plain"))) {
            return;
        }
        if (MediaRange.parse(accept).stream().noneMatch(Negotiation::isKnown)) {
            String message = NO_SUCH_TYPE.replace(": application/json,", ": text/plain, application/json,");
            throw new ApiStatus(406, "NotAcceptable", message, new JsonObject()).exception();
        }
    }

    /** 406 for a form that what is asked for does not have. */
    static StatusException notAcceptable() {
        return new ApiStatus(406, "NotAcceptable", NO_SUCH_FORM, null).exception();
    }

    private static boolean isKnown(MediaRange range) {
        return !range.type().equals("application/*") && media(range).isPresent();
    }

    private static Optional<Media> media(MediaRange range) {
        for (Media media : Media.values()) {
            if (media.type().equals(range.type())) {
                return Optional.of(media);
            }
        }
        return range.matches("application/*") ? Optional.of(Media.JSON) : Optional.empty();
    }

    private static Optional<Form> form(MediaRange range, boolean stream, boolean shapes) {
        Media media = media(range).orElse(null);
        if (media == null || (stream && media == Media.YAML)) {
            return Optional.empty();
        }
        String as = range.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(new Form(media, Shape.OBJECT, "v1"));
        }
        if (!shapes) {
            return Optional.empty();
        }
        String version = range.parameter("v");
        boolean meta = range.parameter("g").equals("meta.k8s.io");
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
