// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Pods and nodes for tests, written as JSON with single quotes. */
final class Samples {
    static final Instant BOUND = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    /** A pod with one container called {@code app}; {@code metadata}, {@code spec} and {@code status} are further fields. */
    static PodFacts pod(String metadata, String spec, String status) {
        return decode(
                PodFacts.PROJECTION,
                "{'metadata':{'namespace':'ns','name':'p','uid':'u','creationTimestamp':'2026-01-01T00:00:00Z'"
                        + comma(metadata) + "},'spec':{'nodeName':'node-0'"
                        + (spec.contains("'containers'") ? "" : ",'containers':[{'name':'app','image':'i'}]")
                        + comma(spec) + "},'status':{" + status + "}}");
    }

    static PodFacts pending(String metadata, String spec) {
        return pod(metadata, spec, "'phase':'Pending'");
    }

    /** A pod whose container has been running and ready since {@link #BOUND}. */
    static PodFacts running(String metadata, String spec) {
        return pod(
                metadata,
                spec,
                "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'startTime':'2026-01-01T00:00:00Z',"
                        + "'containerStatuses':[{'name':'app','image':'i','ready':true,'restartCount':0,"
                        + "'state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}},'lastState':{}}]");
    }

    static NodeFacts node(String json) {
        return decode(NodeFacts.PROJECTION, json);
    }

    static <T> T decode(Projection<T> projection, String json) {
        try (JsonCursor cursor = JsonCursor.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
            return projection.decode(cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String comma(String fields) {
        return fields.isEmpty() ? "" : "," + fields;
    }
}
