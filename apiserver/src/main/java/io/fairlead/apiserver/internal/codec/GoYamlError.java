// SPDX-License-Identifier: Apache-2.0
package io.fairlead.apiserver.internal.codec;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says what is wrong with YAML as Go's library does. Both libraries descend from the same parser, so that each finds the same
 * problem in the same place and only the words differ.
 */
final class GoYamlError {
    /** The beginnings of our parser's words, and Go's words; where both depend on the context, that comes first. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("expected ',' or '}'", "did not find expected ',' or '}'"),
            Map.entry("expected ',' or ']'", "did not find expected ',' or ']'"),
            Map.entry("while parsing a block mapping:expected <block end>", "did not find expected key"),
            Map.entry("while parsing a block collection:expected <block end>", "did not find expected '-' indicator"),
            Map.entry("expected '<document start>'", "did not find expected <document start>"),
            Map.entry("expected the node content", "did not find expected node content"),
            Map.entry("found character", "found character that cannot start any token"),
            Map.entry("mapping values are not allowed here", "mapping values are not allowed in this context"),
            Map.entry(
                    "sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
            Map.entry("mapping keys are not allowed here", "mapping keys are not allowed in this context"),
            Map.entry("found unknown escape character", "found unknown escape character"),
            Map.entry("found unexpected document separator", "found unexpected document indicator"),
            Map.entry("found undefined tag handle", "found undefined tag handle"),
            Map.entry("expected escape sequence of", "did not find expected hexdecimal number"),
            Map.entry("expected alphabetic or numeric", "did not find expected alphabetic or numeric character"),
            Map.entry("unexpected character found", "did not find expected alphabetic or numeric character"),
            Map.entry("expected chomping or indentation", "did not find expected comment or line break"),
            Map.entry("expected a comment or a line break", "did not find expected comment or line break"));

    private GoYamlError() {}

    static String text(YamlEngineException e) {
        if (!(e instanceof MarkedYamlEngineException marked)) {
            return "yaml: control characters are not allowed";
        }
        int line = line(marked);
        return "yaml: " + (line == 0 ? "" : "line " + line + ": ") + problem(marked);
    }

    /** Go counts from zero and says nothing of the first line, except that its scanner's errors count from one. */
    private static int line(MarkedYamlEngineException e) {
        int line = e.getContextMark().map(Mark::getLine).orElse(0);
        boolean scanner = e instanceof ScannerException;
        if (line == 0) {
            line = e.getProblemMark()
                    .map(mark -> scanner ? mark.getLine() : problemLine(mark))
                    .orElse(0);
        }
        return line != 0 && scanner ? line + 1 : line;
    }

    /** The end of the text begins a line of its own. */
    private static int problemLine(Mark mark) {
        boolean atEnd = mark.getPointer() >= mark.getBuffer().length || mark.getBuffer()[mark.getPointer()] == 0;
        return atEnd && mark.getColumn() > 0 ? mark.getLine() + 1 : mark.getLine();
    }

    private static String problem(MarkedYamlEngineException e) {
        String inContext = Optional.ofNullable(e.getContext()).orElse("") + ":" + e.getProblem();
        for (Map.Entry<String, String> words : WORDS.entrySet()) {
            if (e.getProblem().startsWith(words.getKey()) || inContext.startsWith(words.getKey())) {
                return words.getValue();
            }
        }
        return e.getProblem();
    }
}
