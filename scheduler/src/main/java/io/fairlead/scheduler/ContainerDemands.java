// SPDX-License-Identifier: Apache-2.0
package io.fairlead.scheduler;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up what the containers of one pod ask for.
 *
 * <p>Ordinary containers and sidecars run together, so their requests add up; init containers run one after the other beside the
 * sidecars started before them, so of these the largest counts. The pod asks for the larger of both, and what it costs itself.
 */
final class ContainerDemands {
    private List<Container> containers = List.of();
    private List<Container> initContainers = List.of();
    private final List<HostPort> hostPorts = new ArrayList<>(0);
    private Resources overhead = Resources.NONE;
    private Resources ofPod = Resources.NONE;

    private record Container(Resources requests, boolean restartsAlways) {}

    void readContainers(JsonCursor json) throws IOException {
        containers = json.list(this::readContainer);
    }

    void readInitContainers(JsonCursor json) throws IOException {
        initContainers = json.list(this::readContainer);
    }

    void readOverhead(JsonCursor json) throws IOException {
        overhead = Resources.read(json);
    }

    /** Reads {@code spec.resources}, which is about the pod as a whole. */
    void readOfPod(JsonCursor json) throws IOException {
        ofPod = readRequests(json);
    }

    List<HostPort> hostPorts() {
        return hostPorts;
    }

    /** What must be free on a node. */
    Resources requests() {
        return sum(false);
    }

    /** The same with a guess for containers that ask for nothing. */
    Resources weight() {
        return sum(true);
    }

    private Resources sum(boolean guess) {
        Resources together = Resources.NONE;
        for (Container container : containers) {
            together = together.plus(guess ? container.requests.orDefaults() : container.requests);
        }
        Resources sidecars = Resources.NONE;
        Resources largest = Resources.NONE;
        for (Container container : initContainers) {
            Resources requests = guess ? container.requests.orDefaults() : container.requests;
            if (container.restartsAlways) {
                sidecars = sidecars.plus(requests);
                largest = largest.max(sidecars);
            } else {
                largest = largest.max(sidecars.plus(requests));
            }
        }
        Resources all = together.plus(sidecars);
        if (!initContainers.isEmpty()) {
            all = all.max(largest);
        }
        return overriddenByPod(all).plus(overhead);
    }

    /** What is asked for the pod as a whole replaces the sum, resource by resource. */
    private Resources overriddenByPod(Resources sum) {
        if (ofPod.isNone()) {
            return sum;
        }
        return new Resources(
                ofPod.cpuMillis() == 0 ? sum.cpuMillis() : ofPod.cpuMillis(),
                ofPod.memoryBytes() == 0 ? sum.memoryBytes() : ofPod.memoryBytes(),
                sum.ephemeralBytes(),
                sum.pods(),
                ofPod.extended().isEmpty() ? sum.extended() : sum.max(ofPod).extended());
    }

    private Container readContainer(JsonCursor json) throws IOException {
        Resources requests = Resources.NONE;
        boolean restartsAlways = false;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "resources" -> requests = readRequests(json);
                case "restartPolicy" -> restartsAlways = json.shared().equals("Always");
                case "ports" -> json.each(this::readPort);
                default -> json.skip();
            }
        }
        return new Container(requests, restartsAlways);
    }

    private static Resources readRequests(JsonCursor json) throws IOException {
        Resources requests = Resources.NONE;
        json.beginObject();
        while (json.nextField()) {
            if (json.field().equals("requests")) {
                requests = Resources.read(json);
            } else {
                json.skip();
            }
        }
        return requests;
    }

    private void readPort(JsonCursor json) throws IOException {
        String ip = "";
        String protocol = "";
        int port = 0;
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "hostIP" -> ip = json.shared();
                case "protocol" -> protocol = json.shared();
                case "hostPort" -> port = json.int32();
                default -> json.skip();
            }
        }
        if (port > 0) {
            hostPorts.add(new HostPort(ip, protocol, port));
        }
    }
}
