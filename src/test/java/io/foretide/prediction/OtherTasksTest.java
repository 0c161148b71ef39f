package io.foretide.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.ClassifyOptions;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Values;
import io.foretide.generation.GenerateOptions;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.registry.GenerationTurns;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

/** The endpoints over a model that labels sequences of two channels, and one that writes, with small limits. */
@SpringBootTest(
        classes = OtherTasksTest.WithoutRegistry.class,
        properties = {
            "foretide.prediction.max-tokens=50",
            "foretide.prediction.max-prompt-length=100",
            "foretide.prediction.max-values=20",
            "foretide.prediction.max-backtest-steps=200",
            "management.endpoint.health.validate-group-membership=false" // there is no database
        })
@AutoConfigureMockMvc
class OtherTasksTest {
    private static final String LABEL = "/api/v1/models/sky/predict";
    private static final String WRITE = "/api/v1/models/tales/predict";
    private static final TrainingResources RESOURCES = new TrainingResources(1, 1L << 30);
    private static final TrainingOptions QUICK =
            new TrainingOptions(1, null, null, null, null, null, null, null, null, 1L, null);

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
            var sky = new ServedClassifier("sky", 2, classifier());
            var tales = new ServedWriter("tales", 1, languageModel());
            return reference -> reference.equals("sky") ? sky : tales;
        }

        @Bean
        GenerationTurns turns() {
            return new GenerationTurns();
        }

        private static Classifier classifier() {
            var random = new Random(1);
            List<LabelledSequence> data = IntStream.range(0, 20)
                    .mapToObj(i -> {
                        double level = i % 2 == 0 ? 2 : -2;
                        double[] numbers = random.doubles(10, level, level + 1).toArray();
                        return new LabelledSequence("s" + i, i % 2 == 0 ? "sun" : "rain", Values.of(2, numbers));
                    })
                    .toList();
            var network = new NetworkOptions(null, 4, 1, null, null, null, 1);
            return new ClassifierTrainer(RESOURCES)
                    .train(data, ClassifyOptions.NONE, network, QUICK, TrainingMonitor.SILENT)
                    .classifier();
        }

        private static LanguageModel languageModel() {
            var network = new NetworkOptions(null, 8, 1, null, null, 8, null);
            return new LanguageModelTrainer(RESOURCES)
                    .train(
                            "once upon a time there was a king. ".repeat(20),
                            GenerateOptions.NONE,
                            network,
                            QUICK,
                            TrainingMonitor.SILENT)
                    .model();
        }
    }

    private MvcTestResult post(String uri, String body) {
        return post(uri, MediaType.APPLICATION_JSON_VALUE, "*/*", body);
    }

    private MvcTestResult post(String uri, String type, String accept, String body) {
        return mvc.post()
                .uri(uri)
                .contentType(type)
                .accept(accept)
                .content(body)
                .exchange();
    }

    @Test
    void worksThroughTheExamplesOfItsDescription() {
        assertThat(post(LABEL, PredictionExamples.CLASSIFY)).hasStatusOk();
        assertThat(post(WRITE, PredictionExamples.GENERATE)).hasStatusOk();
        assertThat(post("/api/v1/models/sky/backtest", PredictionExamples.BACKTEST_OF_LABELS))
                .hasStatusOk();
        assertThat(post("/api/v1/models/tales/backtest", PredictionExamples.BACKTEST_OF_TEXT))
                .hasStatusOk();
    }

    @Test
    void labelsAlsoAsCsv() {
        var result = post(LABEL, "text/csv", "text/csv", "id,step,x,y\na,1,2.5,2.5\na,3,2.1,\nb,1,-1.5,-1.5\n");

        assertThat(result).hasStatusOk().hasContentTypeCompatibleWith("text/csv");
        assertThat(result).bodyText().startsWith("id,label,rain,sun\na,sun,").contains("\nb,rain,");
    }

    @Test
    void readsAPromptAsPlainTextAsWell() {
        var plain = post(WRITE + "?max_tokens=5&seed=1", "text/plain", "application/json", "once ");
        var json = post(WRITE, "{\"prompt\":\"once \",\"max_tokens\":5,\"seed\":1}");

        assertThat(plain).hasStatusOk();
        assertThat(json).hasStatusOk().bodyText().isEqualTo(bodyOf(plain));
    }

    private static String bodyOf(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), UTF_8);
    }

    @Test
    void continuesWhatHasNotBegun() {
        assertThat(post(WRITE, "{\"prompt\":\"\",\"max_tokens\":3}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.tokens.completion")
                .isEqualTo(3);
        assertThat(post(WRITE, "{\"prompt\":\"a\",\"max_tokens\":0}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.text")
                .isEqualTo("");
    }

    @Test
    void tellsWithWhichSeedItHasDrawn() {
        var drawn = post(WRITE, "{\"prompt\":\"once \",\"max_tokens\":20}");
        String body = bodyOf(drawn);
        String seed = body.substring(body.indexOf("\"seed\":") + 7, body.indexOf('}', body.indexOf("\"seed\":")));

        assertThat(post(WRITE, "{\"prompt\":\"once \",\"max_tokens\":20,\"seed\":" + seed + "}"))
                .bodyText()
                .isEqualTo(body);
    }

    @Test
    void endsBeforeAStopString() {
        var result =
                post(WRITE, "{\"prompt\":\"once upon\",\"max_tokens\":50,\"seed\":1,\"stop\":[\"a\",\"e\",\" \"]}");

        assertThat(result)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.finish_reason")
                .isEqualTo("stop");
        assertThat(result).bodyJson().extractingPath("$.text").asString().doesNotContain("a", "e", " ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "temperature":-1              | 400 | /temperature
            "temperature":101             | 400 | /temperature
            "temperature":"NaN"           | 400 | /temperature
            "top_k":-1                    | 400 | /top_k
            "top_p":0                     | 400 | /top_p
            "top_p":1.5                   | 400 | /top_p
            "max_tokens":-1               | 400 | /max_tokens
            "max_tokens":51               | 422 | /max_tokens
            "seed":1.5                    | 400 | /seed
            "stop":"x"                    | 400 | /stop
            "stop":[""]                   | 400 | /stop/0
            "stop":[null]                 | 400 | /stop/0
            "horizon":3                   | 400 | /horizon
            """)
    void refusesSettingsThatItDoesNotUnderstand(String setting, int status, String pointer) {
        var result = post(WRITE, "{\"prompt\":\"a\"," + setting + "}");

        assertThat(result).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyJson().extractingPath("$.errors[0].pointer").isEqualTo(pointer);
    }

    @Test
    void refusesMoreThanOneRequestMayAskFor() {
        String many =
                IntStream.range(0, 11).mapToObj(_ -> "{\"values\":[[1,2]]}").collect(joining(","));
        String lengthy = "{\"label\":\"sun\",\"values\":[" + "[1,2],".repeat(200) + "[1,2]]}";

        assertThat(post(WRITE, "{\"prompt\":\"" + "x".repeat(101) + "\"}")).hasStatus(422);
        assertThat(post(LABEL, "{\"sequences\":[" + many + "]}")).hasStatus(422);
        assertThat(post("/api/v1/models/sky/backtest", "{\"sequences\":[" + lengthy + "]}"))
                .hasStatus(422);
        assertThat(post("/api/v1/models/tales/backtest", "{\"text\":\"" + "x".repeat(201) + "\"}"))
                .hasStatus(422);
    }

    @Test
    void answersOnlyInFormsThatItsTaskHas() {
        assertThat(post(LABEL, "application/json", "text/event-stream", PredictionExamples.CLASSIFY))
                .hasStatus(406);
        assertThat(post(WRITE, "application/json", "text/csv", PredictionExamples.GENERATE))
                .hasStatus(406);
    }

    @Test
    void refusesDataOfAnotherTaskByName() {
        String series = "{\"series\":[{\"target\":[1,2]}]}";

        for (String path : List.of(LABEL, WRITE, "/api/v1/models/sky/backtest", "/api/v1/models/tales/backtest")) {
            assertThat(post(path, series))
                    .hasStatus(409)
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("/problems/task-mismatch");
        }
        assertThat(post(LABEL, "{\"prompt\":\"a\"}")).hasStatus(409);
        assertThat(post(WRITE, "{\"sequences\":[]}")).hasStatus(409);
        assertThat(post("/api/v1/models/tales/backtest", "{\"prompt\":\"a\"}")).hasStatus(409);
    }
}
