package io.foretide.series;

import static io.foretide.series.SeriesReading.jsonLines;
import static io.foretide.series.SeriesReading.pointers;
import static io.foretide.series.SeriesReading.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\":[1,2]}\n{\"target\":[3]}",
                "{\"target\":[1,2]}\n{\"target\":[3]}\n",
                "{\"target\":[1,2]}\r\n{\"target\":[3]}\r\n",
                "\uFEFF{\"target\":[1,2]}\n\n   \n{\"target\":[3]}\n\n"
            })
    void readsOneSeriesALine(String body) {
        List<TimeSeries> series = jsonLines(body);

        assertThat(series).extracting(TimeSeries::itemId).containsExactly("0", "1");
        assertThat(series.getFirst().target()).containsExactly(1, 2);
        assertThat(series.getLast().target()).containsExactly(3);
    }

    @Test
    void readsLinesLongerThanAnyBuffer() {
        StringBuilder numbers = new StringBuilder("0");
        for (int k = 1; k < 40_000; k++) {
            numbers.append(", ").append(k);
        }
        String line = "{\"target\":[" + numbers + "]}\n";

        List<TimeSeries> series = jsonLines(line + "\n" + line);

        assertThat(series).extracting(TimeSeries::length).containsExactly(40_000, 40_000);
        assertThat(series.getLast().target()[39_999]).isEqualTo(39_999);
    }

    @Test
    void readsStreamsThatDeliverAByteAtATime() {
        byte[] bytes = "{\"target\":[1]}\n{\"target\":[2]}\n".getBytes(StandardCharsets.UTF_8);
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };

        assertThat(new SeriesReader(SeriesReading.LIMITS).readJsonLines(slow, SeriesDefaults.NONE))
                .hasSize(2);
    }

    @Test
    void namesLineAndPointer() {
        ProblemException problem = problem(
                () -> jsonLines("{\"target\":[1]}\n\n{\"target\":[1,\"x\"],\"colour\":1}\n[]\n{\"target\":[true]}"));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(pointers(problem))
                .containsExactly("line 3: /target/1", "line 3: /colour", "line 4", "line 5: /target/0");
    }

    @Test
    void namesEveryLineThatIsNotJson() {
        ProblemException problem = problem(() -> jsonLines(
                "{\"target\":[1]\n{\"target\":[1]}\n{\"target\":[1]}}\n{\"target\":[1]} {\"target\":[1]}\nnonsense\n"));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(pointers(problem)).containsExactly("line 1", "line 3", "line 4", "line 5");
        assertThat(problem.detail()).contains("column").doesNotContain("Source");
    }

    @Test
    void namesTheLineOfASeriesThatCannotBe() {
        ProblemException problem = problem(() -> jsonLines("""
                {"item_id":"a","target":[1]}
                {"item_id":"a","target":[1]}
                {"item_id":"b","target":[1],"start":"2024-01-01"}
                {"item_id":"c","target":[1,2],"timestamps":["2024-01-01","2024-01-01"],"freq":"D"}
                """));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SERIES);
        assertThat(pointers(problem)).containsExactly("line 2: /item_id", "line 3: /start", "line 4: /timestamps/1");
    }

    @Test
    void stopsAfterTenLines() {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < 100; k++) {
            lines.add("nonsense");
        }

        assertThat(problem(() -> jsonLines(String.join("\n", lines))).places()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "  "})
    void refusesABodyWithoutSeries(String body) {
        assertThat(problem(() -> jsonLines(body)).detail()).contains("at least one");
    }

    @Test
    void leavesFailuresOfTheStreamToTheCaller() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> new SeriesReader(SeriesReading.LIMITS).readJsonLines(broken, SeriesDefaults.NONE))
                .isInstanceOf(UncheckedIOException.class);
    }
}
