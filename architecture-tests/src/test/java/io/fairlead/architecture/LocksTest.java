// SPDX-License-Identifier: Apache-2.0
package io.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/locks.md} and the code agree on where there are locks. */
class LocksTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    private final List<String> rows = ROW.matcher(Documents.read(Documents.ROOT.resolve("docs/locks.md")))
            .results()
            .map(row -> row.group(1))
            .toList();

    private final Set<String> table = new TreeSet<>(rows);

    @Test
    void everyLockIsInTheTable() {
        Set<String> locked = classes(LocksTest::hasLock);

        assertThat(locked).contains("storage.MemoryStore", "framework.Cache");
        assertThat(table).containsAll(locked);
    }

    @Test
    void theTableNamesNothingElse() {
        assertThat(classes(each -> true)).containsAll(table);
    }

    @Test
    void theTableNamesNothingTwice() {
        assertThat(rows).doesNotHaveDuplicates();
    }

    private static boolean hasLock(JavaClass type) {
        return type.getFields().stream()
                .anyMatch(field -> field.getRawType().getPackageName().equals("java.util.concurrent.locks"));
    }

    /** Each with the last part of its package, as in the table. */
    private static Set<String> classes(Predicate<JavaClass> wanted) {
        return FairleadClasses.ALL.stream()
                .filter(wanted)
                .map(type -> {
                    String home = type.getPackageName();
                    String name = type.getName().substring(home.length() + 1).replace('$', '.');
                    return home.substring(home.lastIndexOf('.') + 1) + "." + name;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
