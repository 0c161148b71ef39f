package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastCsvWriterTest {
    private static final List<QuantileLevel> LEVELS =
            List.of(new QuantileLevel(0.1), new QuantileLevel(0.5), new QuantileLevel(0.9));

    @Test
    void writesARowAStepAfterTheEndOfTheSeries() {
        List<TimeSeries> series = SeriesReading.jsonLines("""
                {"item_id":"a, b","start":"1960-11-01","freq":"M","target":[1,null]}
                {"item_id":"timeless","target":[1]}
                """);
        Forecast forecast =
                new Forecast(new double[] {5, 1e-7}, LEVELS, new double[][] {{4, 4.5}, {5, 5.25}, {6, 12345678.5}});

        String csv = write(
                LEVELS,
                series.stream().map(one -> new SeriesForecast(one, forecast)).toList());

        assertThat(csv).isEqualTo("""
                item_id,timestamp,mean,0.1,0.5,0.9
                "a, b",1961-01-01,5.0,4.0,5.0,6.0
                "a, b",1961-02-01,1.0E-7,4.5,5.25,1.23456785E7
                timeless,,5.0,4.0,5.0,6.0
                timeless,,1.0E-7,4.5,5.25,1.23456785E7
                """);
    }

    @Test
    void writesTheHeaderOfNoForecasts() {
        assertThat(write(LEVELS, List.of())).isEqualTo("item_id,timestamp,mean,0.1,0.5,0.9\n");
    }

    private static String write(List<QuantileLevel> levels, List<SeriesForecast> forecasts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ForecastCsvWriter.write(levels, forecasts, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
