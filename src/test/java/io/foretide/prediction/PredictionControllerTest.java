package io.foretide.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.registry.GenerationTurns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The endpoints over a model that repeats the last value. */
@SpringBootTest(
        classes = PredictionControllerTest.WithoutRegistry.class,
        properties = "management.endpoint.health.validate-group-membership=false") // there is no database
@AutoConfigureMockMvc
class PredictionControllerTest {
    private static final String PREDICT = "/api/v1/models/air/predict";
    private static final String BACKTEST = "/api/v1/models/air/backtest";
    private static final String CSV = "item_id,timestamp,target\na,2020-01-01,1\na,2020-02-01,\na,2020-03-01,5\n";

    @Autowired
    private MockMvcTester mvc;

    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @ComponentScan(
            basePackages = {"io.foretide.http", "io.foretide.problem", "io.foretide.sequences", "io.foretide.prediction"
            },
            excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = RegistryModels.class))
    @ConfigurationPropertiesScan({"io.foretide.http", "io.foretide.sequences", "io.foretide.prediction"})
    static class WithoutRegistry {
        @Bean
        ModelSource models() {
            return new FakeModels();
        }

        @Bean
        GenerationTurns turns() {
            return new GenerationTurns();
        }
    }

    private MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void forecastsSeriesOfAJsonObject() {
        var result = post(PREDICT, """
                {"series":[{"item_id":"a","start":"2020-01","freq":"M","target":[1,null,5]}],"horizon":2,"quantiles":[0.5]}""");

        assertThat(result).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"model":"air","version":4,"task":"forecast","forecasts":[
                  {"item_id":"a","start":"2020-04","freq":"M","mean":[5.0,5.0],"quantiles":{"0.5":[5.0,5.0]}}]}""");
    }

    @Test
    void namesLevelsInTheirShortestSpelling() {
        var result = post(PREDICT, """
                {"series":[{"target":[1,5]}],"horizon":1,"quantiles":[0.0001,0.50]}""");

        assertThat(result).hasStatusOk().bodyText().contains("{\"0.0001\":[", "\"0.5\":[");
    }

    @Test
    void asksForALevelWhereTheListIsEmpty() {
        var result = post(PREDICT, """
                {"series":[{"target":[1,5]}],"quantiles":[]}""");

        assertThat(result).hasStatus(400).bodyText().contains("/quantiles must hold a level, or be left out.");
    }

    @Test
    void forecastsRowsAndAnswersRows() {
        var result = mvc.post()
                .uri(PREDICT + "?horizon=2&quantiles=0.5")
                .contentType("text/csv")
                .accept("text/csv")
                .content(CSV)
                .exchange();

        assertThat(result)
                .hasStatusOk()
                .hasContentTypeCompatibleWith("text/csv")
                .bodyText()
                .isEqualTo("""
                item_id,timestamp,mean,0.5
                a,2020-04-01,5.0,5.0
                a,2020-05-01,5.0,5.0
                """);
    }

    @Test
    void answersJsonToThoseWhoAcceptAnything() {
        var result = mvc.post()
                .uri(PREDICT)
                .contentType("text/csv")
                .accept("*/*")
                .content(CSV)
                .exchange();

        assertThat(result).hasStatusOk().hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON);
    }

    @Test
    void backtestsSeries() {
        var result = post(
                BACKTEST,
                "{\"series\":[{\"item_id\":\"a\",\"target\":[1,2,3,4,5,6,7,8]}],\"windows\":2,\"stride\":1,\"horizon\":2,\"season_length\":1}");

        assertThat(result).hasStatusOk().bodyJson().extractingPath("$.windows").isEqualTo(2);
        assertThat(result).bodyJson().extractingPath("$.overall.model.mase").isEqualTo(1.5);
        assertThat(result)
                .bodyJson()
                .extractingPath("$.overall.seasonal_naive.coverage_80")
                .isNotNull();
        assertThat(result).bodyJson().extractingPath("$.per_horizon.length()").isEqualTo(2);
    }

    @Test
    void worksThroughTheExamplesOfItsDescription() {
        assertThat(post(PREDICT, PredictionExamples.PREDICT)).hasStatusOk();
        assertThat(post(BACKTEST, PredictionExamples.BACKTEST)).hasStatusOk();
        assertThat(mvc.post().uri(PREDICT).contentType("text/csv").content(PredictionExamples.PREDICT_CSV))
                .hasStatusOk();
        assertThat(mvc.post()
                        .uri(PREDICT)
                        .contentType("application/x-ndjson")
                        .content(PredictionExamples.PREDICT_JSON_LINES))
                .hasStatusOk();
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "horizon":0                | 400 | /horizon
            "horizon":-3               | 400 | /horizon
            "horizon":1.5              | 400 | /horizon
            "horizon":"twelve"         | 400 | /horizon
            "horizon":99999999999      | 400 | /horizon
            "horizon":20000            | 422 | /horizon
            "quantiles":[]             | 400 | /quantiles
            "quantiles":[1]            | 400 | /quantiles/0
            "quantiles":[0.5,-0.1]     | 400 | /quantiles/1
            "quantiles":[0.5,null]     | 400 | /quantiles/1
            "quantiles":["0.5"]        | 400 | /quantiles/0
            "quantiles":0.5            | 400 | /quantiles
            "levels":[0.5]             | 400 | /levels
            "windows":3                | 400 | /windows
            """)
    void refusesSettingsItDoesNotUnderstand(String setting, int status, String pointer) {
        var result = post(PREDICT, "{\"series\":[{\"item_id\":\"a\",\"target\":[1,2]}]," + setting + "}");

        assertThat(result).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyJson().extractingPath("$.errors[0].pointer").isEqualTo(pointer);
    }

    @Test
    void refusesSeriesThatCannotBeForecast() {
        var empty = post(PREDICT, "{\"series\":[]}");
        var unobserved = post(PREDICT, "{\"series\":[{\"item_id\":\"a\",\"target\":[null]}]}");
        var covariates = post(PREDICT, "{\"series\":[{\"item_id\":\"a\",\"target\":[1],\"past\":{\"t\":[2]}}]}");

        assertThat(empty).hasStatus(400);
        assertThat(unobserved)
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-enough-data");
        assertThat(covariates)
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-supported");
    }

    @Test
    void answersProblemsAsSuchToThoseWhoAcceptOnlyCsv() {
        var result = mvc.post()
                .uri("/api/v1/models/water/predict")
                .contentType("text/csv")
                .accept("text/csv")
                .content(CSV)
                .exchange();

        assertThat(result).hasStatus(404).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersNoOtherTypesThanJsonAndCsv() {
        var result = mvc.post()
                .uri(PREDICT)
                .contentType("text/csv")
                .accept("application/xml")
                .content(CSV)
                .exchange();

        assertThat(result).hasStatus(406);
    }
}
