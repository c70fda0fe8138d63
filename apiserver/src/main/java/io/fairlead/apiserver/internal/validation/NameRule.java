// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.validation;

import java.util.List;
import java.util.function.Function;

/** Which names the objects of a kind may have. */
@FunctionalInterface
public interface NameRule {
    /** DNS subdomains: what most kinds want. */
    NameRule SUBDOMAIN = of(Names::dnsSubdomain);

    /** DNS labels as in RFC 1123. */
    NameRule LABEL = of(Names::dnsLabel);

    /** DNS labels as in RFC 1035. */
    NameRule LABEL_1035 = of(Names::dnsLabel1035);

    /** Whatever can stand in a path. */
    NameRule PATH_SEGMENT = (name, prefix) -> prefix ? Names.pathSegment(name + "a") : Names.pathSegment(name);

    /** Everything. */
    NameRule ANY = (name, prefix) -> List.of();

    /**
     * What is wrong with {@code name}.
     *
     * @param prefix whether {@code name} is a {@code generateName}, to which characters will be added
     */
    List<String> problems(String name, boolean prefix);

    /** A rule for whole names; a prefix may end in a dash. */
    static NameRule of(Function<String, List<String>> whole) {
        return (name, prefix) -> whole.apply(prefix ? withoutTrailingDash(name) : name);
    }

    private static String withoutTrailingDash(String name) {
        return name.length() > 1 && name.endsWith("-") ? name.substring(0, name.length() - 2) + "a" : name;
    }
}
