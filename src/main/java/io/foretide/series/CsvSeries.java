package io.foretide.series;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.foretide.reading.Cells;
import io.foretide.reading.CsvRows;
import io.foretide.reading.Doubles;
import io.foretide.reading.Findings;
import io.foretide.reading.Places;
import io.foretide.reading.Quoted;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads long rows, one observation each, and sorts them into series. */
final class CsvSeries {
    private static final String ONLY_ITEM = "series";
    private static final int LONGEST_CELL = 1 << 16;

    private final CsvRows rows;
    private final SeriesCollector<?> collector;
    private final Findings findings;
    private final Budget budget;
    private final SeriesDefaults defaults;
    private final Map<String, SeriesDraft> drafts = new LinkedHashMap<>();
    private final Supplier<String> here = this::here;
    private @Nullable SeriesDraft latest;

    CsvSeries(InputStream body, SeriesCollector<?> collector, SeriesDefaults defaults) {
        this.rows = new CsvRows(body, collector.findings(), LONGEST_CELL);
        this.collector = collector;
        this.findings = collector.findings();
        this.budget = collector.budget();
        this.defaults = defaults;
    }

    void read() {
        rows.read(header -> {
            CsvColumns columns = CsvColumns.of(header);
            budget.checkCovariates(columns.covariates().size(), here());
            columns.covariates()
                    .forEach(column -> budget.checkText(columns.names().get(column), here()));
            return row -> readRow(row, columns);
        });
        drafts.values().removeIf(draft -> {
            collector.add(draft);
            return true; // its numbers are in the series now
        });
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
        draft.addRow(rows.line(), time.get());
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

    private String here() {
        return rows.here();
    }
}
