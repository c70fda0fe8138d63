// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import io.fairlead.framework.ObjectMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Nodes and pods for tests. */
final class Samples {
    private Samples() {}

    static NodeFacts node(String name) {
        return node(name, 32_000, 256L << 30, 110);
    }

    static NodeFacts node(String name, long cpuMillis, long memoryBytes, long pods) {
        return new NodeFacts(
                metadata(name).withLabels(Map.of("kubernetes.io/hostname", name)),
                false,
                List.of(),
                new Resources(cpuMillis, memoryBytes, 0, pods, Map.of()));
    }

    static NodeFacts labelled(NodeFacts node, Map<String, String> labels) {
        return new NodeFacts(
                node.metadata().withLabels(labels), node.unschedulable(), node.taints(), node.allocatable());
    }

    static NodeFacts tainted(NodeFacts node, Taint... taints) {
        return new NodeFacts(node.metadata(), node.unschedulable(), List.of(taints), node.allocatable());
    }

    static NodeFacts cordoned(NodeFacts node) {
        return new NodeFacts(node.metadata(), true, node.taints(), node.allocatable());
    }

    static Requirements asking(long cpuMillis, long memoryBytes) {
        Resources requests = new Resources(cpuMillis, memoryBytes, 0, 0, Map.of());
        return new Requirements(requests, requests.orDefaults(), NodeAffinity.ANY, List.of(), List.of());
    }

    static PodFacts podWith(Requirements requirements) {
        PodFacts plain = pod("p", "{}");
        return new PodFacts(
                plain.metadata(),
                plain.schedulerName(),
                plain.nodeName(),
                plain.priority(),
                plain.gated(),
                plain.finished(),
                requirements,
                plain.condition());
    }

    /** A pod whose spec is {@code spec}, with single quotes for double ones. */
    static PodFacts pod(String name, String spec) {
        return decode("{'metadata':{'namespace':'ns','name':'" + name + "','uid':'uid-" + name
                + "','generation':1},'spec':" + spec + ",'status':{'phase':'Pending'}}");
    }

    static PodFacts decode(String json) {
        try (JsonCursor cursor = JsonCursor.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
            return new PodDecoder().decode(cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectMetadata metadata(String name) {
        return ObjectMetadata.of("", name, "uid-" + name);
    }
}
