// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.table;

import io.fairlead.apiserver.internal.schema.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table formats of the built-in kinds. Any thread may call it. */
public final class Tables {
    private static final String COLUMNS = "/io/fairlead/apiserver/table/columns.txt";
    private static final Map<String, TableFormat> FORMATS = load();
    private static final TableFormat FALLBACK =
            new TableFormat(columns("Name/name|Created At:date"), CoreRows::nameAndCreation);

    private Tables() {}

    /** The format for objects of {@code kind}, the one in which they are stored; any kind has one. */
    public static TableFormat of(GroupVersionKind kind) {
        return FORMATS.getOrDefault(kind.group() + "/" + kind.kind(), FALLBACK);
    }

    private static Map<String, TableFormat> load() {
        Map<String, TableFormat.Printer> printers = new HashMap<>();
        printers.put("/Pod", PodRow.PRINTER);
        printers.put("autoscaling/HorizontalPodAutoscaler", AutoscalerRow::print);
        printers.putAll(WorkloadRows.PRINTERS);
        printers.putAll(NetworkRows.PRINTERS);
        printers.putAll(StorageRows.PRINTERS);
        printers.putAll(ClusterRows.PRINTERS);
        printers.putAll(CoreRows.PRINTERS);
        Map<String, TableFormat> formats = new HashMap<>();
        for (String line : lines()) {
            int blank = line.indexOf(' ');
            String kind = line.substring(0, blank);
            TableFormat.Printer printer = printers.getOrDefault(kind, CoreRows::nameAndCreation);
            formats.put(kind, new TableFormat(columns(line.substring(blank + 1)), printer));
        }
        return Map.copyOf(formats);
    }

    private static List<String> lines() {
        try (InputStream in = Tables.class.getResourceAsStream(COLUMNS)) {
            if (in == null) {
                throw new IllegalStateException("the columns are not on the class path: " + COLUMNS);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the columns", e);
        }
    }

    /** Reads columns, each as {@code name:type/format*priority}, of which all but the name may be left out. */
    private static List<Column> columns(String text) {
        List<Column> columns = new ArrayList<>();
        for (String each : text.split("\\|", -1)) {
            int star = each.indexOf('*');
            int priority = star < 0 ? 0 : Integer.parseInt(each.substring(star + 1));
            String rest = star < 0 ? each : each.substring(0, star);
            int slash = rest.indexOf('/');
            String format = slash < 0 ? "" : rest.substring(slash + 1);
            rest = slash < 0 ? rest : rest.substring(0, slash);
            int colon = rest.indexOf(':');
            columns.add(new Column(
                    colon < 0 ? rest : rest.substring(0, colon),
                    colon < 0 ? "string" : rest.substring(colon + 1),
                    format,
                    priority));
        }
        return columns;
    }
}
