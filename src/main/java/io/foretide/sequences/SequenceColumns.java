package io.foretide.sequences;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.Cells;
import io.foretide.reading.Quoted;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the columns of a CSV are, told by its header: {@code id}, {@code step}, {@code label} and {@code text} by name, in any
 * order, and all others channels.
 *
 * @param step the column of the step, or {@link #NONE}: rows are then in order
 * @param label the column of the label, or {@link #NONE}
 * @param text the column of the text, or {@link #NONE}: rows are then steps of values
 * @param names the names of all columns
 */
record SequenceColumns(int id, int step, int label, int text, List<Integer> channels, List<String> names) {
    static final int NONE = -1;

    private static final String ADVICE =
            " The first line names the columns, separated by commas: id,step,label and one for each channel, or id,label,text.";

    /** Reads the header. */
    static SequenceColumns of(List<String> header) {
        List<String> names = header.stream().map(String::strip).toList();
        checkNames(names);
        int id = find(names, "id"), step = find(names, "step"), label = find(names, "label");
        int text = find(names, "text");
        Set<Integer> roles = Set.copyOf(List.of(id, step, label, text));
        List<Integer> channels = IntStream.range(0, names.size())
                .filter(column -> !roles.contains(column))
                .boxed()
                .toList();
        if (id == NONE) {
            throw problem("There is no column id among " + names.size() + ", the first being "
                    + Quoted.of(names.getFirst()) + "." + ADVICE);
        }
        if (text == NONE && channels.isEmpty()) {
            throw problem("There is no column of values, and none of text." + ADVICE);
        }
        if (text != NONE && (step != NONE || !channels.isEmpty())) {
            int other = step == NONE ? channels.getFirst() : step;
            throw problem("Beside a text there is the column " + Quoted.of(names.get(other)) + "." + ADVICE);
        }
        return new SequenceColumns(id, step, label, text, channels, names);
    }

    boolean hasStep() {
        return step != NONE;
    }

    boolean hasLabel() {
        return label != NONE;
    }

    boolean hasText() {
        return text != NONE;
    }

    private static void checkNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String flaw = Cells.flawOf(name);
            if (!flaw.isEmpty()) {
                throw problem("The name of column " + (seen.size() + 1) + " " + flaw + ".");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw problem("Two columns are named " + Quoted.of(name) + ".");
            }
        }
    }

    private static int find(List<String> names, String role) {
        return IntStream.range(0, names.size())
                .filter(column -> names.get(column).equalsIgnoreCase(role))
                .findFirst()
                .orElse(NONE);
    }

    private static ProblemException problem(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, "line 1: " + detail).at("line 1", detail);
    }
}
