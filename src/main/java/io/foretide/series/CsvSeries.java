package io.foretide.series;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.BufferedReader;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads long rows, one observation each, and sorts them into series. */
final class CsvSeries {
    private static final String ONLY_ITEM = "series";
    private static final int LONGEST_CELL = 1 << 16;
    private static final Pattern RECORD = Pattern.compile("(.*) \\(record starting at line (\\d+)\\)");

    private final SeriesCollector<?> collector;
    private final Findings findings;
    private final Budget budget;
    private final SeriesDefaults defaults;
    private final Map<String, SeriesDraft> drafts = new LinkedHashMap<>();
    private final Supplier<String> here = this::here;
    private @Nullable SeriesDraft latest;
    private long line = 1;

    CsvSeries(SeriesCollector<?> collector, SeriesDefaults defaults) {
        this.collector = collector;
        this.findings = collector.findings();
        this.budget = collector.budget();
        this.defaults = defaults;
    }

    void read(InputStream body) {
        try {
            // Not closed here: the stream belongs to who opened it.
            CsvReader<CsvRecord> rows = CsvReader.builder()
                    .allowExtraFields(true) // both are counted here, to name every line
                    .allowMissingFields(true)
                    .allowUnclosedQuote(false)
                    .skipEmptyLines(true)
                    .maxBufferSize(LONGEST_CELL)
                    .ofCsvRecord(new BufferedReader(new Utf8Reader(body)));
            readRows(rows.iterator());
        } catch (CsvParseException malformed) {
            findings.throwIfAny();
            throw problem(malformed);
        }
        findings.throwIfAny();
        drafts.values().removeIf(draft -> {
            collector.add(draft);
            return true; // its numbers are in the series now
        });
    }

    private void readRows(Iterator<CsvRecord> rows) {
        if (!rows.hasNext()) {
            findings.add(
                    ProblemType.MALFORMED_BODY, here(), "The body is empty. Send a header, then a row an observation.");
            return;
        }
        CsvColumns columns = CsvColumns.of(rows.next());
        budget.checkCovariates(columns.covariates().size(), here());
        columns.covariates().forEach(column -> budget.checkText(columns.names().get(column), here()));
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            if (row.getFieldCount() == columns.count()) {
                readRow(row, columns);
            } else {
                String detail = row.getFieldCount() + " cells where the header names " + columns.count() + ".";
                findings.add(ProblemType.MALFORMED_BODY, here(), detail);
            }
        }
    }

    private void readRow(CsvRecord row, CsvColumns columns) {
        String spelled = row.getField(columns.time()).strip();
        Optional<SentTime> time = SentTime.parse(spelled);
        if (time.isEmpty()) {
            findings.invalid(here(), Quoted.of(spelled) + " is not a time. " + SentTime.ADVICE);
            return;
        }
        String item = columns.item() == CsvColumns.NONE ? ONLY_ITEM : row.getField(columns.item());
        SeriesDraft draft = latest != null && latest.itemId.equals(item) ? latest : drafts.get(item);
        if (draft == null) {
            draft = begin(item, columns);
        }
        latest = draft;
        draft.addRow(line, time.get());
        draft.target.add(number(row, columns, columns.target()));
        int covariate = 0;
        for (Doubles values : draft.past.values()) {
            values.add(number(row, columns, columns.covariates().get(covariate++)));
        }
    }

    private SeriesDraft begin(String item, CsvColumns columns) {
        budget.addSeries(here());
        collector.admits(item, here());
        SeriesDraft draft = new SeriesDraft(item, new Places.Lines());
        draft.frequency = defaults.frequency();
        draft.zone = defaults.zone();
        columns.covariates().forEach(column -> draft.past.put(columns.names().get(column), new Doubles()));
        drafts.put(item, draft);
        return draft;
    }

    private double number(CsvRecord row, CsvColumns columns, int column) {
        budget.addNumber(here);
        String cell = row.getField(column).strip();
        if (Cells.isMissing(cell)) {
            return Double.NaN;
        }
        boolean isNumber = Cells.isNumber(cell);
        double value = isNumber ? Double.parseDouble(cell) : Double.NaN;
        if (Cells.isInfinite(cell) || (isNumber && Cells.isTooLarge(value))) {
            return collector.tooLarge(here(), columns.names().get(column) + ": " + Cells.tooLarge(cell));
        }
        if (!isNumber) {
            findings.invalid(here(), columns.names().get(column) + ": " + Quoted.of(cell) + " is not a number.");
        }
        return value;
    }

    private ProblemException problem(CsvParseException malformed) {
        if (malformed.getCause() instanceof ProblemException problem) {
            return problem;
        }
        Matcher message = RECORD.matcher(String.valueOf(malformed.getMessage()));
        String place = message.matches() ? "line " + message.group(2) : here();
        String detail = "Not valid CSV: " + (message.matches() ? message.group(1) : malformed.getMessage());
        return new ProblemException(ProblemType.MALFORMED_BODY, place + ": " + detail, malformed).at(place, detail);
    }

    private String here() {
        return "line " + line;
    }
}
