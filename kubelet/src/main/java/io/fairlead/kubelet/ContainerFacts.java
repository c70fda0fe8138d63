// SPDX-License-Identifier: Apache-2.0
package io.fairlead.kubelet;

import io.fairlead.framework.JsonCursor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a pod's spec says of a container.
 *
 * @param sidecar whether it is an init container that runs beside the others
 * @param run what its command does; empty if that is not known
 */
record ContainerFacts(String name, String image, boolean sidecar, Optional<Run> run) {
    static List<ContainerFacts> readAll(JsonCursor json) throws IOException {
        return json.list(ContainerFacts::read);
    }

    private static ContainerFacts read(JsonCursor json) throws IOException {
        String name = "";
        String image = "";
        boolean sidecar = false;
        List<String> command = List.of();
        List<String> args = List.of();
        json.beginObject();
        while (json.nextField()) {
            switch (json.field()) {
                case "name" -> name = json.shared();
                case "image" -> image = json.shared();
                case "restartPolicy" -> sidecar = json.shared().equals("Always");
                case "command" -> command = json.texts();
                case "args" -> args = json.texts();
                default -> json.skip();
            }
        }
        return new ContainerFacts(name, image, sidecar, Commands.understand(command, args));
    }
}
