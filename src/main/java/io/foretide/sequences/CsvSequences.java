package io.foretide.sequences;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.reading.Cells;
import io.foretide.reading.CsvRows;
import io.foretide.reading.Doubles;
import io.foretide.reading.Findings;
import io.foretide.reading.Quoted;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rows, a step or a text each, and sorts them into sequences. */
final class CsvSequences {
    /** A text of a million characters, each of them a quote that is written twice. */
    private static final int LONGEST_CELL = 1 << 21;

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,15}");

    private final CsvRows rows;
    private final SequenceCollector collector;
    private final Findings findings;
    private final Supplier<String> here = this::here;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /** Values of which not all rows may have come yet. */
    private static final class Draft {
        private final String id;
        private final String place;
        private final int channels;
        private final Doubles values = new Doubles();
        private @Nullable String label;
        private long step;

        Draft(String id, String place, int channels) {
            this.id = id;
            this.place = place;
            this.channels = channels;
        }
    }

    CsvSequences(InputStream body, SequenceCollector collector) {
        this.rows = new CsvRows(body, collector.findings(), LONGEST_CELL);
        this.collector = collector;
        this.findings = collector.findings();
    }

    void read() {
        rows.read(header -> {
            SequenceColumns columns = SequenceColumns.of(header.getFields());
            return columns.hasText() ? row -> readText(row, columns) : values(columns);
        });
        drafts.values().removeIf(draft -> {
            Values values = Values.of(draft.channels, draft.values.release());
            collector.add(draft.id, draft.label, values, draft.place);
            return true; // its numbers are in the sequence now
        });
    }

    private void readText(CsvRecord row, SequenceColumns columns) {
        collector.begin(here());
        String id = row.getField(columns.id());
        String label = label(row, columns);
        String text = row.getField(columns.text());
        collector.requireLength(text, here());
        if (collector.admitsId(id, here())) {
            collector.add(id, label, new Text(text), here());
        }
    }

    private Consumer<CsvRecord> values(SequenceColumns columns) {
        collector.requireChannels(columns.channels().size(), here());
        return row -> readStep(row, columns);
    }

    private void readStep(CsvRecord row, SequenceColumns columns) {
        String id = row.getField(columns.id());
        Draft draft = drafts.get(id);
        if (draft == null) {
            collector.begin(here());
            draft = new Draft(id, here(), columns.channels().size());
            drafts.put(id, draft);
            collector.admitsId(id, here());
        }
        placeStep(row, columns, draft);
        labelStep(label(row, columns), draft);
        for (int column : columns.channels()) {
            collector.addNumber(here);
            draft.values.add(
                    number(row.getField(column).strip(), columns.names().get(column)));
        }
    }

    /** Finds the place of a row in its sequence, and fills what is skipped before it. */
    private void placeStep(CsvRecord row, SequenceColumns columns, Draft draft) {
        if (!columns.hasStep()) {
            return;
        }
        String cell = row.getField(columns.step()).strip();
        if (!WHOLE.matcher(cell).matches()) {
            findings.invalid(here(), "step: " + Quoted.of(cell) + " is not a whole number.");
            return;
        }
        long step = Long.parseLong(cell);
        long skipped = draft.values.size() == 0 ? 0 : step - draft.step - 1;
        if (skipped < 0) {
            findings.impossible(
                    here(),
                    "Step %d of sequence %s does not come after step %d. Send the rows of a sequence in the order of its steps."
                            .formatted(step, Quoted.of(draft.id), draft.step));
            return;
        }
        collector.addSkipped(skipped, columns.channels().size(), here());
        for (long k = skipped * columns.channels().size(); k > 0; k--) {
            draft.values.add(Double.NaN);
        }
        draft.step = step;
    }

    private void labelStep(@Nullable String label, Draft draft) {
        if (label == null || label.equals(draft.label)) {
            return;
        }
        if (draft.label != null) {
            findings.impossible(
                    here(),
                    "Sequence %s has the label %s, and here %s. Each has one."
                            .formatted(Quoted.of(draft.id), Quoted.of(draft.label), Quoted.of(label)));
        }
        draft.label = label;
    }

    private @Nullable String label(CsvRecord row, SequenceColumns columns) {
        String label = columns.hasLabel() ? row.getField(columns.label()).strip() : "";
        return !label.isEmpty() && collector.admitsName("label", label, here()) ? label : null;
    }

    private double number(String cell, String column) {
        if (Cells.isMissing(cell)) {
            return Double.NaN;
        }
        boolean isNumber = Cells.isNumber(cell);
        double value = isNumber ? Double.parseDouble(cell) : Double.NaN;
        if (Cells.isInfinite(cell) || (isNumber && Cells.isTooLarge(value))) {
            findings.impossible(here(), column + ": " + Cells.tooLarge(cell));
            return Double.NaN;
        }
        if (!isNumber) {
            findings.invalid(here(), column + ": " + Quoted.of(cell) + " is not a number.");
        }
        return value;
    }

    private String here() {
        return rows.here();
    }
}
