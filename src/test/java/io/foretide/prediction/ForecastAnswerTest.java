package io.foretide.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.evaluation.Backtest;
import io.foretide.evaluation.SeasonalNaiveForecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.prediction.ForecastAnswer.ItemForecast;
import io.foretide.registry.Task;
import io.foretide.series.Covariates;
import io.foretide.series.Forecast;
import io.foretide.series.Frequency;
import io.foretide.series.SeriesForecast;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.http.MockHttpOutputMessage;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class ForecastAnswerTest {
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static ForecastAnswer answer() {
        var levels = FakeModels.levels(0.1, 0.9);
        var start = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        var timed = new TimeSeries(
                "a", new Timeline(start, Frequency.parse("D"), TimeStyle.DATE), new double[] {1, 2}, Covariates.NONE);
        var untimed = new TimeSeries("b, c", null, new double[] {1}, Covariates.NONE);
        var forecast = new Forecast(new double[] {2.5, 3}, levels, new double[][] {{1, 2}, {4, 5.5}});
        return new ForecastAnswer(
                "air",
                4,
                Task.FORECAST,
                levels,
                List.of(
                        new ItemForecast(new SeriesForecast(timed, forecast)),
                        new ItemForecast(new SeriesForecast(untimed, forecast))));
    }

    @Test
    void isWrittenAsTheApiSays() {
        assertThat(json.writeValueAsString(answer()))
                .isEqualTo(
                        "{\"model\":\"air\",\"version\":4,\"task\":\"forecast\",\"forecasts\":["
                                + "{\"item_id\":\"a\",\"start\":\"2020-01-03\",\"freq\":\"D\",\"mean\":[2.5,3.0],"
                                + "\"quantiles\":{\"0.1\":[1.0,2.0],\"0.9\":[4.0,5.5]}},"
                                + "{\"item_id\":\"b, c\",\"mean\":[2.5,3.0],\"quantiles\":{\"0.1\":[1.0,2.0],\"0.9\":[4.0,5.5]}}]}");
    }

    @Test
    void isWrittenAsCsv() throws Exception {
        var converter = new ForecastCsvConverter();
        var message = new MockHttpOutputMessage();

        converter.write(answer(), MediaType.parseMediaType("text/csv"), message);

        assertThat(message.getBodyAsString()).isEqualTo("""
                item_id,timestamp,mean,0.1,0.9
                a,2020-01-03,2.5,1.0,4.0
                a,2020-01-04,3.0,2.0,5.5
                "b, c",,2.5,1.0,4.0
                "b, c",,3.0,2.0,5.5
                """);
        assertThat(message.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
    }

    @Test
    void isNeverReadFromCsv() {
        assertThat(new ForecastCsvConverter().canRead(ForecastAnswer.class, MediaType.parseMediaType("text/csv")))
                .isFalse();
    }

    @Test
    void putsTheReportOfABacktestBesideTheVersion() {
        var series = new TimeSeries("a", null, new double[] {1, 2, 4, 3, 5}, Covariates.NONE);
        var report = Backtest.run(
                SeasonalNaiveForecaster.NAIVE, List.of(series), new Backtest.Plan(2, 1, 2, 1), WindowFilter.NONE);

        var tree = json.valueToTree(ForecastBacktest.of(new FakeModels().load(FakeModels.NAME), report));

        assertThat(tree.propertyNames())
                .containsExactlyInAnyOrder(
                        "model",
                        "version",
                        "task",
                        "windows",
                        "skipped",
                        "unscaled",
                        "seen_in_training",
                        "season_length",
                        "overall",
                        "per_horizon");
        assertThat(tree.path("overall").propertyNames())
                .containsExactly("model", "naive", "seasonal_naive", "drift", "ses", "theta");
        assertThat(tree.path("per_horizon").get(0).propertyNames())
                .containsExactly("step", "model", "naive", "seasonal_naive", "drift", "ses", "theta");
        assertThat(tree.path("overall").path("seasonal_naive").propertyNames())
                .containsExactlyInAnyOrder(
                        "observations",
                        "mase",
                        "mase_of_median",
                        "smape",
                        "rmse",
                        "rmse_pooled",
                        "wql",
                        "coverage_80",
                        "width_80",
                        "coverage_95",
                        "width_95");
        assertThat(tree.path("model").asString()).isEqualTo("air");
        assertThat(tree.path("per_horizon").get(1).path("step").asInt()).isEqualTo(2);
    }
}
