package io.foretide.series;

import static io.foretide.series.SeriesReading.json;
import static io.foretide.series.SeriesReading.only;
import static io.foretide.series.SeriesReading.pointers;
import static io.foretide.series.SeriesReading.problem;
import static io.foretide.series.SeriesReading.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.JsonStreams;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.ObjectReadContext;

class JsonSeriesTest {
    @Test
    void readsEverythingThatASeriesMaySay() {
        TimeSeries series = only(json("""
                [{"item_id":"a","start":"1949-01-01","freq":"M","zone":"Europe/Berlin","target":[112,118.5,null,"NaN",-1e-3],
                  "past":{"temp":[1,2,3,4,null]},"future":{"promo":[0,0,1,0,0,1,1]},"static":{"store":"north"}}]"""));

        assertThat(series.itemId()).isEqualTo("a");
        assertThat(series.frequency()).hasToString("M");
        assertThat(timeline(series).start()).isEqualTo(ZonedDateTime.parse("1949-01-01T00:00+01:00[Europe/Berlin]"));
        assertThat(series.target()).containsExactly(112, 118.5, Double.NaN, Double.NaN, -0.001);
        assertThat(series.covariates().past().get("temp")).containsExactly(1, 2, 3, 4, Double.NaN);
        assertThat(series.covariates().future().get("promo")).containsExactly(0, 0, 1, 0, 0, 1, 1);
        assertThat(series.covariates().fixed()).containsExactly(entry("store", "north"));
    }

    @Test
    void needsNothingButATarget() {
        var all = json("[{\"target\":[1]},{\"target\":[]},{\"target\":[2],\"freq\":\"Q\",\"start\":null}]");

        assertThat(all).extracting(TimeSeries::itemId).containsExactly("0", "1", "2");
        assertThat(all).extracting(TimeSeries::timeline).containsOnlyNulls();
        assertThat(all.getLast().frequency()).hasToString("Q");
        assertThat(all.get(1).length()).isZero();
    }

    @Test
    void putsTimestampsOnTheirGrid() {
        TimeSeries series = only(json("""
                [{"target":[1,2,4],"timestamps":["2024-01","2024-02","2024-04"],
                  "past":{"a":[5,6,8]},"future":{"b":[1,2,4,5,6]}}]"""));

        assertThat(series.frequency()).hasToString("MS");
        assertThat(series.target()).containsExactly(1, 2, Double.NaN, 4);
        assertThat(series.covariates().past().get("a")).containsExactly(5, 6, Double.NaN, 8);
        assertThat(series.covariates().future().get("b")).containsExactly(1, 2, Double.NaN, 4, 5, 6);
        assertThat(timeline(series).labelOf(4)).isEqualTo("2024-05");
    }

    @Test
    void takesDefaultsWhereASeriesSaysNothing() {
        var defaults = SeriesDefaults.parse("h", "America/New_York");

        TimeSeries series =
                only(json("[{\"target\":[1,2],\"start\":\"2024-03-10 01:00\"}]", SeriesReading.LIMITS, defaults));

        assertThat(timeline(series).timeOf(1))
                .isEqualTo(ZonedDateTime.parse("2024-03-10T03:00-04:00[America/New_York]"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01, M, 2024-02",
        "2024-01, D, 2024-01-02",
        "2024-01, h, 2024-01-01T01:00:00",
        "2024-01-01, M, 2024-02-01",
        "2024-01-01, 30min, 2024-01-01T00:30:00",
        "2024-01-01T00:00, D, 2024-01-02T00:00:00",
        "2024-01-01 00:00:00, D, 2024-01-02T00:00:00",
        "2024-01-01T00:00:00Z, D, 2024-01-02T00:00:00Z",
        "2024-01-01T00:00:00+02:00, D, 2024-01-01T22:00:00Z",
        "2024-01-01T00:00:00-0530, D, 2024-01-02T05:30:00Z",
        "2024-01-01T00:00:00+01, D, 2024-01-01T23:00:00Z",
        "2024-01-01T00:00:00.250Z, h, 2024-01-01T01:00:00.25Z",
        "2024-01-01T00:00:00.000000, h, 2024-01-01T01:00:00",
        "0001-01-01, Y, 0002-01-01",
        "9999-01-01, M, 9999-02-01"
    })
    void answersInTheStyleOfTheTimesSent(String start, String freq, String next) {
        TimeSeries series = only(json("[{\"target\":[1],\"start\":\"%s\",\"freq\":\"%s\"}]".formatted(start, freq)));

        assertThat(timeline(series).labelOf(1)).isEqualTo(next);
    }

    @Test
    void showsOffsetsOfTheZoneWhereOneIsSent() {
        TimeSeries series = only(json(
                "[{\"target\":[1],\"start\":\"2024-03-30T23:00:00Z\",\"freq\":\"D\",\"zone\":\"Europe/Berlin\"}]"));

        assertThat(timeline(series).labelOf(0)).isEqualTo("2024-03-31T00:00:00+01:00");
        assertThat(timeline(series).labelOf(1)).isEqualTo("2024-04-01T00:00:00+02:00");
    }

    @Test
    void takesTheFirstOfAnHourThatComesTwice() {
        TimeSeries series = only(
                json("[{\"target\":[1],\"start\":\"2024-10-27T02:30\",\"freq\":\"h\",\"zone\":\"Europe/Berlin\"}]"));

        assertThat(timeline(series).start()).isEqualTo(ZonedDateTime.parse("2024-10-27T00:30Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | /series                      | array",
                "[]                                        | /series                      | at least one",
                "[1]                                       | /series/0                    | object",
                "[{}]                                      | /series/0/target             | needs a target",
                "[{'target':null}]                         | /series/0/target             | array",
                "[{'target':{}}]                           | /series/0/target             | array",
                "[{'target':'1'}]                          | /series/0/target             | array",
                "[{'target':[1,'2']}]                      | /series/0/target/1           | Not a number",
                "[{'target':[1,true]}]                     | /series/0/target/1           | Not a number",
                "[{'target':[[1]]}]                        | /series/0/target/0           | Not a number",
                "[{'target':[{'a':[1]},2]}]                | /series/0/target/0           | Not a number",
                "[{'target':[1],'colour':'red'}]           | /series/0/colour             | Unknown field",
                "[{'target':[1],'a/b~c':{'x':[1]}}]        | /series/0/a~1b~0c            | Unknown field",
                "[{'target':[1],'item_id':7}]              | /series/0/item_id            | Not a string",
                "[{'target':[1],'item_id':' '}]            | /series/0/item_id            | is empty",
                "[{'target':[1],'item_id':'a\\u0000b'}]    | /series/0/item_id            | control",
                "[{'target':[1],'item_id':'\\ud800'}]      | /series/0/item_id            | half a character",
                "[{'target':[1],'freq':5}]                 | /series/0/freq               | Not a string",
                "[{'target':[1],'freq':'fortnight'}]       | /series/0/freq               | is not a frequency",
                "[{'target':[1],'zone':'Mars/Base'}]       | /series/0/zone               | IANA",
                "[{'target':[1],'zone':'+02:00'}]          | /series/0/zone               | IANA",
                "[{'target':[1],'start':19490101}]         | /series/0/start              | Not a string",
                "[{'target':[1],'start':'1.1.1949'}]       | /series/0/start              | is not a time",
                "[{'target':[1],'start':'2023-02-29'}]     | /series/0/start              | is not a time",
                "[{'target':[1],'start':'0000-01-01'}]     | /series/0/start              | is not a time",
                "[{'target':[1],'start':'12024-01-01'}]    | /series/0/start              | is not a time",
                "[{'target':[1],'start':'2024-01-01T24:00'}] | /series/0/start            | is not a time",
                "[{'target':[1],'start':'2024-01-01T00:00+19:00'}] | /series/0/start      | is not a time",
                "[{'target':[1],'timestamps':'2024'}]      | /series/0/timestamps         | array",
                "[{'target':[1],'timestamps':[5]}]         | /series/0/timestamps/0       | Not a string",
                "[{'target':[1],'timestamps':['x']}]       | /series/0/timestamps/0       | is not a time",
                "[{'target':[1],'start':'2024-01','timestamps':['2024-01'],'freq':'M'}] | /series/0/timestamps | not both",
                "[{'target':[1],'past':[1]}]               | /series/0/past               | object of arrays",
                "[{'target':[1],'past':{'a/b':1}}]         | /series/0/past/a~1b          | array",
                "[{'target':[1],'past':{'a':['x']}}]       | /series/0/past/a/0           | Not a number",
                "[{'target':[1],'past':{'':[1]}}]          | /series/0/past/              | is empty",
                "[{'target':[1],'static':{'a':1}}]         | /series/0/static/a           | Not a string",
                "[{'target':[1],'static':'a'}]             | /series/0/static             | object of strings"
            })
    void namesThePointerOfWhatIsNoSeries(String body, String pointer, String detail) {
        ProblemException problem = problem(() -> json(body.replace('\'', '"')));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(pointers(problem)).containsExactly(pointer);
        assertThat(problem.detail()).startsWith(pointer + ": ").contains(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'target':[1,1e400]}]                    | /series/0/target/1           | infinite or too large",
                "[{'target':[1e151]}]                      | /series/0/target/0           | infinite or too large",
                "[{'target':['-Infinity']}]                | /series/0/target/0           | infinite or too large",
                "[{'target':[1],'past':{'a':[1e400]}}]     | /series/0/past/a/0           | infinite or too large",
                "[{'target':[1,2],'past':{'a':[1]}}]       | /series/0/past/a             | covers the target exactly",
                "[{'target':[1,2],'past':{'a':[1,2,3]}}]   | /series/0/past/a             | covers the target exactly",
                "[{'target':[1,2],'future':{'a':[1]}}]     | /series/0/future/a           | cover the target and the horizon",
                "[{'target':[1],'future':{'a':[1,2],'b':[1]}}] | /series/0/future/b       | all equally far",
                "[{'target':[1],'item_id':'a'},{'target':[1],'item_id':'a'}] | /series/1/item_id | already",
                "[{'target':[1],'item_id':'1'},{'target':[1]}] | /series/1/item_id        | already",
                "[{'target':[1],'start':'2024-01-01'}]     | /series/0/start              | Send freq",
                "[{'target':[1],'start':'2024-03-31T02:30','freq':'D','zone':'Europe/Berlin'}] | /series/0/start | does not exist",
                "[{'target':[1],'start':'2024-03-10T02:00','freq':'h','zone':'America/New_York'}] | /series/0/start | does not exist",
                "[{'target':[1],'start':'2024-03-02','freq':'B'}] | /series/0/start       | weekend",
                "[{'target':[1],'start':'0001-01-01T00:00+02:00','freq':'D'}] | /series/0/start | year",
                "[{'target':[1],'timestamps':[]}]          | /series/0/timestamps         | 0 timestamps for 1",
                "[{'target':[1,2],'timestamps':['2024-01-01','2024-01-02']}] | /series/0/timestamps | Send freq",
                "[{'target':[1,2],'freq':'D','timestamps':['2024-01-01','2024-01-01']}] | /series/0/timestamps/1 | occurs twice",
                "[{'target':[1,2],'freq':'D','timestamps':['2024-01-02','2024-01-01']}] | /series/0/timestamps/1 | Sort",
                "[{'target':[1,2],'freq':'M','timestamps':['2024-01-01','2024-02-02']}] | /series/0/timestamps/1 | whole number of steps"
            })
    void namesThePointerOfWhatCannotBe(String body, String pointer, String detail) {
        ProblemException problem = problem(() -> json(body.replace('\'', '"')));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SERIES);
        assertThat(pointers(problem)).containsExactly(pointer);
        assertThat(problem.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"target\":[1,2]}",
                "[{\"target\":[1,2",
                "[{\"target\":[1,]}]",
                "[{\"target\":[01]}]",
                "[{\"target\":[NaN]}]",
                "[{\"target\":[+1]}]",
                "[{\"target\":[1.]}]",
                "[{'target':[1]}]",
                "[{\"target\":[1], // why\n\"freq\":\"D\"}]",
                "[{\"target\":[1],\"target\":[2]}]",
                "[{\"target\":[1],\"past\":{\"a\":[1],\"a\":[2]}}]",
                "[{\"target\":[1],\"item_id\":\"a\nb\"}]"
            })
    void refusesWhatIsNotStrictlyJson(String body) {
        ProblemException problem = problem(() -> json(body));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(pointers(problem)).hasSize(1).first().asString().startsWith("/series/");
        assertThat(problem.detail()).contains(": Not valid JSON (line 1").doesNotContain("Feature", "Source", "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "past", "item_id", "nonsense"})
    void refusesDeepNests(String field) {
        String body = "[{\"" + field + "\":" + "[".repeat(100_000);

        assertThat(problem(() -> json(body)).type().status()).isEqualTo(400);
    }

    @Test
    void refusesNumbersOfAbsurdLength() {
        ProblemException problem = problem(() -> json("[{\"target\":[" + "9".repeat(2000) + "]}]"));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] body = "[{\"target\":[1],\"item_id\":\"caf?\"}]".getBytes(StandardCharsets.US_ASCII);
        body[28] = (byte) 0xE9;

        ProblemException problem = problem(() -> {
            try (var parser =
                    JsonStreams.factory().createParser(ObjectReadContext.empty(), new ByteArrayInputStream(body))) {
                parser.nextToken();
                new SeriesReader(SeriesReading.LIMITS).readJson(parser, "/series", SeriesDefaults.NONE);
            }
        });

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(problem.detail()).contains("UTF-8");
    }

    @Test
    void namesSeveralPlacesOfOneProblem() {
        ProblemException problem = problem(
                () -> json("[{\"target\":[\"a\",1,\"b\"],\"wrong\":1},{\"target\":[{}]},{\"target\":[1e999]}]"));

        assertThat(pointers(problem))
                .containsExactly("/series/0/target/0", "/series/0/target/2", "/series/0/wrong", "/series/1/target/0");
        assertThat(problem.detail()).contains("There are more places");
    }

    @Test
    void stopsAfterTenPlaces() {
        ProblemException problem = problem(() -> json("[{\"target\":[" + "\"x\",".repeat(5000) + "1]}]"));

        assertThat(problem.places()).hasSize(10);
    }

    @Test
    void keepsCovariatesInTheOrderOfNames() {
        TimeSeries series = only(json("[{\"target\":[1],\"past\":{\"z\":[1],\"a\":[1],\"m\":[1]}}]"));

        assertThat(series.covariates().past().keySet()).containsExactly("a", "m", "z");
    }
}
