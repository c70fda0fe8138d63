// SPDX-License-Identifier: Apache-2.0
package io.fairlead.controllers.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** What the API means by trees being the same. */
public final class JsonTrees {
    private JsonTrees() {}

    /**
     * Whether two trees say the same: a field that is null is as one that is not there, numbers are compared by value, and the
     * order of fields does not count. An empty object does: an empty selector is another than none.
     */
    public static boolean same(JsonNode one, JsonNode other) {
        if (says(one) != says(other)) {
            return false;
        }
        if (!says(one)) {
            return true;
        }
        if (one.isObject() && other.isObject()) {
            return sameFields(one, other);
        }
        if (one.isArray() && other.isArray()) {
            return sameElements(one, other);
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        return one.equals(other);
    }

    private static boolean sameFields(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names.stream().allMatch(name -> same(one.path(name), other.path(name)));
    }

    private static boolean sameElements(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.path(i), other.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean says(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** Writes what a tree says, so that trees that are {@link #same} (but for the form of numbers) give the same text. */
    public static void canonical(JsonNode node, StringBuilder text) {
        switch (node) {
            case ObjectNode object -> {
                text.append('{');
                Set<String> names = new TreeSet<>();
                object.fieldNames().forEachRemaining(names::add);
                for (String name : names) {
                    if (says(object.path(name))) {
                        text.append(name).append(':');
                        canonical(object.path(name), text);
                        text.append(',');
                    }
                }
                text.append('}');
            }
            case JsonNode array
            when array.isArray() -> {
                text.append('[');
                for (Iterator<JsonNode> each = array.elements(); each.hasNext(); ) {
                    canonical(each.next(), text);
                    text.append(',');
                }
                text.append(']');
            }
            default -> text.append(node);
        }
    }
}
