package io.foretide.series;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes forecasts as CSV: {@code item_id,timestamp,mean,0.1,0.5,0.9}, a row a step. */
public final class ForecastCsvWriter {
    private ForecastCsvWriter() {}

    /**
     * Writes all forecasts, each with the same levels; the timestamp of a series without times stays empty. The stream
     * stays open.
     *
     * @throws UncheckedIOException if the stream does not take them
     */
    public static void write(List<QuantileLevel> levels, List<SeriesForecast> forecasts, OutputStream out) {
        // Not closed: the stream belongs to who opened it.
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        List<String> header = new ArrayList<>(List.of("item_id", "timestamp", "mean"));
        levels.forEach(level -> header.add(level.toString()));
        csv.writeRecord(header);
        for (SeriesForecast forecast : forecasts) {
            write(levels, forecast, csv);
        }
        try {
            csv.flush();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(List<QuantileLevel> levels, SeriesForecast of, CsvWriter csv) {
        Timeline timeline = of.series().timeline();
        List<double[]> quantiles = levels.stream().map(of.forecast()::at).toList();
        for (int step = 0; step < of.forecast().horizon(); step++) {
            List<String> row = new ArrayList<>(3 + quantiles.size());
            row.add(of.series().itemId());
            row.add(timeline == null ? "" : timeline.labelOf(of.series().length() + step));
            row.add(Double.toString(of.forecast().mean()[step]));
            for (double[] values : quantiles) {
                row.add(Double.toString(values[step]));
            }
            csv.writeRecord(row);
        }
    }
}
