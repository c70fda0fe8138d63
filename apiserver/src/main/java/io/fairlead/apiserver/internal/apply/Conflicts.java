// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.apply;

import io.fairlead.apiserver.internal.merge.PatchProblem;
import io.fairlead.apiserver.internal.merge.PatchProblem.Cause;
import java.util.ArrayList;
import java.util.List;

/** Says which applied fields others own with other values. */
final class Conflicts {
    private static final String REASON = "FieldManagerConflict";

    private Conflicts() {}

    /** The refusal for {@code conflicts}: for each manager, what it owns of the applied fields. */
    static PatchProblem problem(List<ManagerEntry> conflicts) {
        List<Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (ManagerEntry entry : conflicts) {
            lines.add("conflicts with " + entry.title() + ":");
            entry.fields().forEachPath(path -> {
                causes.add(new Cause(REASON, "conflict with " + entry.title(), path));
                lines.add("- " + path);
            });
        }
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.getFirst().message() + ": "
                        + causes.getFirst().field()
                : "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        return PatchProblem.conflict(message, causes);
    }
}
