package io.foretide.reading;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.BufferedReader;
import java.io.InputStream;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of a CSV, each with as many cells as its header names. */
public final class CsvRows {
    private static final Pattern RECORD = Pattern.compile("(.*) \\(record starting at line (\\d+)\\)");

    private final InputStream body;
    private final Findings findings;
    private final int longestCell;
    private long line = 1;

    /** @param longestCell the most characters of a cell, and thereby of what is held of the text at a time */
    public CsvRows(InputStream body, Findings findings, int longestCell) {
        this.body = body;
        this.findings = findings;
        this.longestCell = longestCell;
    }

    /**
     * Reads all rows; fails with all that was found, if anything was.
     *
     * @param table makes of the header what takes the rows
     */
    public void read(Function<CsvRecord, Consumer<CsvRecord>> table) {
        try {
            // Not closed here: the stream belongs to who opened it.
            CsvReader<CsvRecord> rows = CsvReader.builder()
                    .allowExtraFields(true) // both are counted here, to name every line
                    .allowMissingFields(true)
                    .allowUnclosedQuote(false)
                    .skipEmptyLines(true)
                    .maxBufferSize(longestCell)
                    .ofCsvRecord(new BufferedReader(new Utf8Reader(body)));
            read(rows.iterator(), table);
        } catch (CsvParseException malformed) {
            findings.throwIfAny();
            throw problem(malformed);
        }
        findings.throwIfAny();
    }

    private void read(Iterator<CsvRecord> rows, Function<CsvRecord, Consumer<CsvRecord>> table) {
        if (!rows.hasNext()) {
            findings.add(ProblemType.MALFORMED_BODY, here(), "The body is empty. Send a header, and rows below it.");
            return;
        }
        CsvRecord header = rows.next();
        int cells = header.getFieldCount();
        Consumer<CsvRecord> taker = table.apply(header);
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            if (row.getFieldCount() == cells) {
                taker.accept(row);
            } else {
                String detail = row.getFieldCount() + " cells where the header names " + cells + ".";
                findings.add(ProblemType.MALFORMED_BODY, here(), detail);
            }
        }
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

    /** The line of the present row. */
    public long line() {
        return line;
    }

    /** The place of the present row. */
    public String here() {
        return "line " + line;
    }
}
