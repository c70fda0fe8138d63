// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.selector;

import io.fairlead.apiserver.internal.validation.Names;
import java.util.List;

/** What keys and values of labels may look like in a selector. */
final class LabelRules {
    private LabelRules() {}

    static List<String> keyProblems(String key) {
        return Names.qualified(key);
    }

    static List<String> valueProblems(String value) {
        return Names.labelValue(value);
    }
}
