package io.foretide.series;

import de.siegmar.fastcsv.reader.CsvRecord;
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
 * What the columns of a CSV are, told by its header.
 *
 * @param item the column of the item id, or {@link #NONE}
 * @param time the column of the time
 * @param target the column of the target
 * @param covariates the columns of all else, ascending
 * @param names the names of all columns
 */
record CsvColumns(int item, int time, int target, List<Integer> covariates, List<String> names) {
    static final int NONE = -1;

    private static final List<String> ITEM = List.of("item_id", "unique_id");
    private static final List<String> TIME = List.of("timestamp", "ds");
    // Taken for the time only where neither of the above is there: a month beside a timestamp is a covariate.
    private static final List<String> LIKE_TIME = List.of("date", "datetime", "time", "month");
    private static final List<String> TARGET = List.of("target", "y");

    /** Reads the header; names are told apart by case only where they are covariates. */
    static CsvColumns of(CsvRecord header) {
        List<String> names = header.getFields().stream().map(String::strip).toList();
        checkNames(names);
        int item = find(names, ITEM);
        int time = find(names, TIME);
        if (time == NONE) {
            time = find(names, LIKE_TIME);
        }
        int target = find(names, TARGET);
        if (time == NONE || target == NONE) {
            String missing = time == NONE ? "time (timestamp or ds)" : "target (target or y)";
            throw problem("There is no column for the " + missing + " among " + names.size()
                    + ", the first being " + Quoted.of(names.getFirst())
                    + ". The first line names the columns, separated by commas: item_id,timestamp,target.");
        }
        Set<Integer> roles = Set.of(item, time, target);
        List<Integer> covariates = IntStream.range(0, names.size())
                .filter(column -> !roles.contains(column))
                .boxed()
                .toList();
        return new CsvColumns(item, time, target, covariates, names);
    }

    private static void checkNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String flaw = Cells.flawOf(name);
            if (!flaw.isEmpty()) {
                throw problem("The name of column " + (seen.size() + 1) + " " + flaw + ".");
            }
            if (!seen.add(name)) {
                throw problem("Two columns are named " + Quoted.of(name) + ".");
            }
        }
    }

    private static int find(List<String> names, List<String> roles) {
        int found = NONE;
        for (int column = 0; column < names.size(); column++) {
            if (!roles.contains(names.get(column).toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (found != NONE) {
                throw problem(Quoted.of(names.get(found)) + " and " + Quoted.of(names.get(column))
                        + " may both be meant. Rename one of them.");
            }
            found = column;
        }
        return found;
    }

    private static ProblemException problem(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, "line 1: " + detail).at("line 1", detail);
    }
}
