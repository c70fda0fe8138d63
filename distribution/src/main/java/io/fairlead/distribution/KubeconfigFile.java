// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import io.fairlead.cluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that tells kubectl where the cluster is. */
final class KubeconfigFile {
    /** Stands in every kubeconfig of ours, also after kubectl has rewritten it. */
    private static final String MARK = "current-context: fairlead";

    private final Path path;

    KubeconfigFile(Path path) {
        this.path = requireNonNull(path, "path").toAbsolutePath();
    }

    Path path() {
        return path;
    }

    /** Says, before anything is started, why the file could not be written. */
    void check() {
        if (Files.isDirectory(path)) {
            throw new CommandException("cannot write the kubeconfig to " + path + ": it is a directory");
        }
        try {
            if (Files.exists(path)
                    && Files.size(path) > 0
                    && !Files.readString(path).contains(MARK)) {
                throw new CommandException("the kubeconfig " + path
                        + " is not one of fairlead's and is left alone; name another file with --kubeconfig");
            }
        } catch (IOException e) {
            throw new CommandException("cannot read the kubeconfig " + path + ": " + Reasons.of(e), e);
        }
    }

    /** Replaces the file's content by what leads to {@code cluster}. */
    void write(Cluster cluster) {
        try {
            cluster.writeKubeconfig(path);
        } catch (UncheckedIOException e) {
            throw new CommandException("cannot write the kubeconfig to " + path + ": " + Reasons.of(e), e);
        }
    }
}
