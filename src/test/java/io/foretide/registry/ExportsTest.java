package io.foretide.registry;

import static io.foretide.registry.ModelRegistryTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.ForetideApplication;
import io.foretide.network.CellType;
import io.foretide.network.TestNetworks;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** Versions in the format of Deeplearning4j. */
@SpringBootTest(
        classes = ForetideApplication.class,
        properties = {"foretide.storage.url=jdbc:h2:mem:exports", "foretide.registry.max-exports=1"})
@AutoConfigureMockMvc
class ExportsTest {
    private static final String LSTM = "/api/v1/models/lstm/versions/1/artifact";
    private static final String GRU = "/api/v1/models/gru/versions/1/artifact";

    @Autowired
    MockMvcTester http;

    @Autowired
    ModelRegistry registry;

    @Autowired
    Exports exports;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void aModelOfEachCell() {
        for (CellType cell : new CellType[] {CellType.LSTM, CellType.GRU}) {
            String name = cell.name().toLowerCase(java.util.Locale.ROOT);
            if (registry.champion(new ModelName(name)).isEmpty()) {
                registry.register(new NewVersion(
                        new ModelName(name),
                        Task.FORECAST,
                        null,
                        TestNetworks.artifact(cell, 1),
                        json.createObjectNode(),
                        Promotion.IF_NO_CHAMPION));
            }
        }
    }

    @Test
    void givesTheNetworkAsAFileOfDeeplearning4j() throws IOException {
        MvcTestResult answer = get(LSTM + "?format=dl4j");

        assertThat(answer)
                .hasStatusOk()
                .hasContentType("application/zip")
                .hasHeader("Content-Disposition", "attachment; filename=\"lstm-1-dl4j.zip\"")
                .doesNotContainHeader("Repr-Digest");
        try (var zip =
                new ZipInputStream(new ByteArrayInputStream(answer.getResponse().getContentAsByteArray()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("configuration.json");
        }
        assertThat(get(LSTM + "?format=dl4j").getResponse().getContentAsByteArray())
                .isEqualTo(answer.getResponse().getContentAsByteArray());
    }

    @Test
    void itsTagIsAnotherThanThatOfTheArtifact() {
        String tag = get(LSTM + "?format=dl4j").getResponse().getHeader("ETag");

        assertThat(get(LSTM).getResponse().getHeader("ETag")).isNotEqualTo(tag);
        assertThat(http.get()
                        .uri(LSTM + "?format=dl4j")
                        .header("If-None-Match", tag)
                        .exchange())
                .hasStatus(304);
        assertThat(http.get().uri(LSTM).header("If-None-Match", tag).exchange()).hasStatusOk();
    }

    @Test
    void withoutAFormatItIsTheArtifactItself() {
        byte[] artifact = TestNetworks.artifact(CellType.LSTM, 1);

        assertThat(get(LSTM).getResponse().getContentAsByteArray()).isEqualTo(artifact);
        assertThat(get(LSTM + "?format=foretide").getResponse().getContentAsByteArray())
                .isEqualTo(artifact);
    }

    @ParameterizedTest
    @CsvSource({
        LSTM + "?format=onnx, 400, invalid-parameter, foretide or dl4j",
        LSTM + "?format=, 400, invalid-parameter, foretide or dl4j",
        LSTM + "?format=dl4j&member=2, 400, invalid-parameter, between 1 and 1",
        LSTM + "?format=dl4j&member=0, 400, invalid-parameter, between 1 and 1",
        LSTM + "?format=dl4j&member=first, 400, invalid-parameter, member",
        LSTM + "?member=1, 400, invalid-parameter, dl4j alone",
        LSTM + "?format=dl4j&format=dl4j, 400, invalid-parameter, once",
        LSTM + "?formats=dl4j, 400, invalid-parameter, format",
        GRU + "?format=dl4j, 422, not-supported, no GRU layer",
        "/api/v1/models/lstm/versions/9/artifact?format=dl4j, 404, unknown-version, lstm",
    })
    void saysWhyThereIsNoSuchFile(String address, int status, String problem, String reason) {
        MvcTestResult answer = get(address);

        assertThat(answer).hasStatus(status).hasContentType("application/problem+json");
        assertThat(answer).bodyText().contains("/problems/" + problem, reason);
        assertThat(answer).doesNotContainHeader("ETag");
    }

    @Test
    void holdsOnlyAsManyInMemoryAsItMay() throws IOException {
        ModelVersion lstm = registry.resolve(ModelReference.parse("lstm:1"));
        ModelVersion gru = registry.resolve(ModelReference.parse("gru:1"));

        try (InputStream first = exports.deeplearning4j(lstm, 1)) {
            assertProblem(ProblemType.TOO_MANY_EXPORTS, () -> exports.deeplearning4j(lstm, 1));
            MvcTestResult second = get(LSTM + "?format=dl4j");
            assertThat(second).hasStatus(429).containsHeader("Retry-After");
            first.close(); // twice, as a careful reader may
        }

        assertProblem(ProblemType.NOT_SUPPORTED, () -> exports.deeplearning4j(gru, 1));
        assertThat(get(LSTM + "?format=dl4j")).hasStatusOk();
    }

    private MvcTestResult get(String address) {
        return http.get().uri(address).exchange();
    }
}
