package io.foretide.series;

import static io.foretide.series.SeriesReading.csv;
import static io.foretide.series.SeriesReading.only;
import static io.foretide.series.SeriesReading.pointers;
import static io.foretide.series.SeriesReading.problem;
import static io.foretide.series.SeriesReading.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSeriesTest {
    private static final SeriesDefaults DAILY = SeriesDefaults.parse("D", null);

    @Test
    void readsLongRowsOfInterleavedSeries() {
        List<TimeSeries> series = csv("""
                item_id,timestamp,target,temp
                b,2024-01-01,1,10
                a,2024-02-01,5,50
                b,2024-02-01,2,
                a,2024-03-01,6,60
                b,2024-04-01,4,40
                a,2024-04-01,7,70
                """);

        assertThat(series).extracting(TimeSeries::itemId).containsExactly("b", "a");
        assertThat(series.getFirst().target()).containsExactly(1, 2, Double.NaN, 4);
        assertThat(series.getFirst().covariates().past().get("temp")).containsExactly(10, Double.NaN, Double.NaN, 40);
        assertThat(series.getLast().target()).containsExactly(5, 6, 7);
        assertThat(timeline(series.getLast()).labelOf(3)).isEqualTo("2024-05-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unique_id,ds,y\nseries,2024-01-01,1\nseries,2024-01-02,2\n",
                "y,ds\n1,2024-01-01\n2,2024-01-02\n",
                "target,timestamp\n1,2024-01-01\n2,2024-01-02",
                "timestamp,target\r\n2024-01-01,1\r\n2024-01-02,2\r\n",
                "timestamp,target\r2024-01-01,1\r2024-01-02,2\r",
                "\uFEFFtimestamp,target\n2024-01-01,1\n2024-01-02,2\n",
                "\"timestamp\",\"target\"\n\"2024-01-01\",\"1\"\n\"2024-01-02\",\"2\"\n",
                "Date, Target \n2024-01-01, 1\n 2024-01-02,2.0e0 \n",
                "month,y\n2024-01-01,1\n2024-01-02,2\n",
                "timestamp,target\n\n2024-01-01,1\n\n\n2024-01-02,2\n\n",
                "timestamp,target\n2024-01-01 00:00:00,+1\n2024-01-02T00:00,2.\n"
            })
    void readsTheManyFormsOfTheSameRows(String body) {
        TimeSeries series = only(csv(body, DAILY));

        assertThat(series.itemId()).isEqualTo("series");
        assertThat(series.target()).containsExactly(1, 2);
        assertThat(timeline(series).start().toLocalDateTime()).isEqualTo(LocalDateTime.parse("2024-01-01T00:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "nan", "null", "NULL", "NA", " "})
    void takesAnEmptyCellAndItsWordsForMissing(String cell) {
        TimeSeries series = only(csv("ds,y\n2024-01-01," + cell + "\n", DAILY));

        assertThat(series.target()).containsExactly(Double.NaN);
    }

    @Test
    void takesAMonthBesideATimestampForACovariate() {
        TimeSeries series = only(csv("timestamp,month,y\n2024-01-01,1,5\n", DAILY));

        assertThat(series.covariates().past()).containsOnlyKeys("month");
    }

    @Test
    void keepsQuotedItemIdsAsTheyAre() {
        var series = csv("item_id,ds,y\n\"a, \"\"b\"\"\",2024-01-01,1\ncd,2024-01-01,1\n", DAILY);

        assertThat(series).extracting(TimeSeries::itemId).containsExactly("a, \"b\"", "cd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOTHING                                  | 1 | MALFORMED_BODY  | The body is empty",
                "ds,y                                     | 1 | INVALID_REQUEST | at least one",
                "a,b                                      | 1 | INVALID_REQUEST | no column for the time",
                "ds,b                                     | 1 | INVALID_REQUEST | no column for the target",
                "ds;y                                     | 1 | INVALID_REQUEST | commas",
                "ds,timestamp,y                           | 1 | INVALID_REQUEST | may both be meant",
                "date,month,y                             | 1 | INVALID_REQUEST | may both be meant",
                "ds,y,target                              | 1 | INVALID_REQUEST | may both be meant",
                "item_id,unique_id,ds,y                   | 1 | INVALID_REQUEST | may both be meant",
                "ds,y,a,a                                 | 1 | INVALID_REQUEST | Two columns",
                "NOTHING,ds,y                             | 1 | INVALID_REQUEST | column 1 is empty",
                "ds,y~2024-01-01                          | 2 | MALFORMED_BODY  | 1 cells where the header names 2",
                "ds,y~2024-01-01,1~2024-01-02,1,5         | 3 | MALFORMED_BODY  | 3 cells where the header names 2",
                "ds,y~2024-01-01,1~2024-01-02,\"1         | 3 | MALFORMED_BODY  | Unclosed quote",
                "ds,y~2024-01-01,\"1\"x                   | 2 | MALFORMED_BODY  | after closing quote",
                "ds,y~,1                                  | 2 | INVALID_REQUEST | is not a time",
                "ds,y~2024-13-01,1                        | 2 | INVALID_REQUEST | is not a time",
                "ds,y~01/02/2024,1                        | 2 | INVALID_REQUEST | is not a time",
                "ds,y~2024-01-01,abc                      | 2 | INVALID_REQUEST | not a number",
                "ds,y~2024-01-01,1f                       | 2 | INVALID_REQUEST | not a number",
                "ds,y~2024-01-01,0x10                     | 2 | INVALID_REQUEST | not a number",
                "ds,y~2024-01-01,1 000                    | 2 | INVALID_REQUEST | not a number",
                "ds,y,c~2024-01-01,1,red                  | 2 | INVALID_REQUEST | c: ",
                "ds,y,item_id~2024-01-01,1,               | 2 | INVALID_REQUEST | item_id is empty",
                "ds,y~2024-01-01,inf                      | 2 | INVALID_SERIES  | infinite",
                "ds,y~2024-01-01,-Infinity                | 2 | INVALID_SERIES  | infinite",
                "ds,y~2024-01-01,1e400                    | 2 | INVALID_SERIES  | too large",
                "ds,y~2024-01-01,1~~2024-01-01,1          | 4 | INVALID_SERIES  | occurs twice",
                "ds,y~2024-01-02,1~2024-01-01,1           | 3 | INVALID_SERIES  | Sort",
                "ds,y~2024-01-01,1~2024-01-02T01:00,1     | 3 | INVALID_SERIES  | whole number of steps",
                "unique_id,ds,y~a,2024-01-01,1~b,2024-01-01,1~a,2024-01-02,1~b,2024-01-02,1~a,2024-01-02,1 | 6 | INVALID_SERIES | twice"
            })
    void namesTheLineOfWhatIsWrong(String body, int line, ProblemType type, String detail) {
        ProblemException problem = problem(() -> csv(body.replace('~', '\n').replace("NOTHING", ""), DAILY));

        assertThat(problem.detail()).startsWith("line " + line + ": ").contains(detail);
        assertThat(problem.type()).isEqualTo(type);
        assertThat(pointers(problem)).containsExactly("line " + line);
    }

    @Test
    void namesSeveralLines() {
        ProblemException problem =
                problem(() -> csv("ds,y\n2024-01-01,a\nx,1\n2024-01-03,1e999\n2024-01-04,b\n", DAILY));

        assertThat(pointers(problem)).containsExactly("line 2", "line 3", "line 5");
    }

    @Test
    void asksForAFrequencyThatItCannotTell() {
        assertThat(problem(() -> csv("ds,y\n2024-01-01,1\n2024-01-02,1\n")).detail())
                .startsWith("line 2")
                .contains("Send freq");
    }

    @Test
    void countsTheHourThatComesTwice() {
        String local = "ds,y\n2024-10-27T01:00,1\n2024-10-27T02:00,2\n2024-10-27T02:00,3\n";
        String offset = "ds,y\n2024-10-27T01:00+02:00,1\n2024-10-27T02:00+02:00,2\n2024-10-27T02:00+01:00,3\n";
        SeriesDefaults hourlyBerlin = SeriesDefaults.parse("h", "Europe/Berlin");

        assertThat(only(csv(offset, hourlyBerlin)).target()).containsExactly(1, 2, 3);
        assertThat(only(csv(local, hourlyBerlin)).target()).containsExactly(1, 2, 3);
        assertThat(problem(() -> csv(local + "2024-10-27T02:00,4\n", hourlyBerlin))
                        .detail())
                .startsWith("line 5")
                .contains("send times with their offset");
    }

    @Test
    void walksTheNightInWhichClocksGoBackInLocalTimes() {
        String quarters = "ds,y\n2024-10-27T01:30,1\n2024-10-27T02:00,2\n2024-10-27T02:30,3\n"
                + "2024-10-27T02:00,4\n2024-10-27T02:30,5\n2024-10-27T03:00,6\n";

        TimeSeries series = only(csv(quarters, SeriesDefaults.parse("30min", "Europe/Berlin")));

        assertThat(series.target()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void advisesAZoneWhereDaysOfDifferentLengthHaveOffsets() {
        String berlin = "ds,y\n2024-03-30T00:00+01:00,1\n2024-03-31T00:00+01:00,2\n2024-04-01T00:00+02:00,3\n";

        assertThat(problem(() -> csv(berlin, DAILY)).detail())
                .startsWith("line 4")
                .contains("and zone");
        assertThat(only(csv(berlin, SeriesDefaults.parse("D", "Europe/Berlin"))).length())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xE9, 0xFF, 0xC3})
    void namesTheLineOfBytesThatAreNotUtf8(int bad) {
        byte[] body = "item_id,ds,y\na,2024-01-01,1\n?,2024-01-01,1\n".getBytes(StandardCharsets.US_ASCII);
        body[28] = (byte) bad;

        ProblemException problem =
                problem(() -> new SeriesReader(SeriesReading.LIMITS).readCsv(new ByteArrayInputStream(body), DAILY));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(problem.detail()).startsWith("line 3").contains("UTF-8");
    }

    @Test
    void refusesUtf8ThatEndsWithinACharacter() {
        byte[] body = "ds,y\n2024-01-01,1\u00e9".getBytes(StandardCharsets.UTF_8);
        InputStream cut = new ByteArrayInputStream(body, 0, body.length - 1);

        assertThat(problem(() -> new SeriesReader(SeriesReading.LIMITS).readCsv(cut, DAILY))
                        .detail())
                .startsWith("line 2")
                .contains("UTF-8");
    }

    @Test
    void readsCharactersBeyondSixteenBitsWhereverTheyFall() {
        for (int padding = 8170; padding < 8200; padding++) {
            String body = "item_id,ds,y\n" + "x".repeat(padding % 40) + "\uD83C\uDF0A".repeat(9) + ",2024-01-01,1\n"
                    + "\n".repeat(padding) + "\uD83C\uDF0A\uD83C\uDF0A,2024-01-01,1\n";

            assertThat(csv(body, DAILY)).last().extracting(TimeSeries::itemId).isEqualTo("\uD83C\uDF0A\uD83C\uDF0A");
        }
    }

    @Test
    void refusesAQuoteThatNeverCloses() {
        String body = "ds,y\n2024-01-01,\"" + "1\n".repeat(100_000);

        ProblemException problem = problem(() -> csv(body, DAILY));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(problem.detail()).startsWith("line 2");
    }

    @Test
    void leavesFailuresOfTheStreamToTheCaller() {
        InputStream broken = new SequenceInputStream(SeriesReading.stream("ds,y\n2024-01-01,1\n"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatThrownBy(() -> new SeriesReader(SeriesReading.LIMITS).readCsv(broken, DAILY))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void passesProblemsOfTheStreamOn() {
        ProblemException tooLarge = new ProblemException(ProblemType.BODY_TOO_LARGE, "too large");
        InputStream limited = new SequenceInputStream(SeriesReading.stream("ds,y\n2024-01-01,1\n"), new InputStream() {
            @Override
            public int read() {
                throw tooLarge;
            }
        });

        assertThat(problem(() -> new SeriesReader(SeriesReading.LIMITS).readCsv(limited, DAILY)))
                .isSameAs(tooLarge);
    }
}
