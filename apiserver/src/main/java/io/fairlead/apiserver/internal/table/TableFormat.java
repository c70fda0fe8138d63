// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import static java.util.Objects.requireNonNull;

import io.fairlead.apiserver.internal.codec.JsonArray;
import io.fairlead.apiserver.internal.codec.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How objects of one kind are shown in a table. Immutable; any thread may call it. */
public final class TableFormat {
    private final List<Column> columns;
    private final Printer printer;

    TableFormat(List<Column> columns, Printer printer) {
        this.columns = List.copyOf(columns);
        this.printer = requireNonNull(printer, "printer");
    }

    /** Fills the row of an object. */
    @FunctionalInterface
    interface Printer {
        void print(JsonObject object, Row row);
    }

    public List<Column> columns() {
        return columns;
    }

    /**
     * The cells of {@code object}, one for each column.
     *
     * @param object in the version in which its kind is stored
     * @param now from which ages are counted
     */
    public JsonArray cells(JsonObject object, Instant now) {
        Row row = new Row(now);
        printer.print(object, row);
        return row.cells();
    }

    /** The {@code conditions} of the row of {@code object}; empty if it has none. */
    public JsonArray conditions(JsonObject object) {
        return printer == PodRow.PRINTER ? PodRow.conditions(object) : new JsonArray();
    }

    /** {@code objects} in the order in which their rows stand: as they are listed, except flow schemas. */
    public List<JsonObject> arranged(List<JsonObject> objects) {
        if (printer != ClusterRows.FLOW_SCHEMA) {
            return objects;
        }
        List<JsonObject> sorted = new ArrayList<>(objects);
        sorted.sort(Comparator.<JsonObject>comparingLong(
                        each -> each.objectOrEmpty("spec").number("matchingPrecedence"))
                .thenComparing(each -> each.objectOrEmpty("metadata").text("name")));
        return sorted;
    }
}
