package io.foretide.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Refuses what is no JSON, and what does not fit exactly. */
@TrialServer
class StrictJsonTest {
    @LocalServerPort
    int port;

    Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{}`                                                              | /forecast",
                "`{'forecast':null}`                                               | /forecast",
                "`{'forecast':[]}`                                                 | /forecast",
                "`{'forecast':{}}`                                                 | /forecast/horizon",
                "`{'forecast':{'horizon':null}}`                                   | /forecast/horizon",
                "`{'forecast':{'horizon':'12'}}`                                   | /forecast/horizon",
                "`{'forecast':{'horizon':1.5}}`                                    | /forecast/horizon",
                "`{'forecast':{'horizon':1.0}}`                                    | /forecast/horizon",
                "`{'forecast':{'horizon':true}}`                                   | /forecast/horizon",
                "`{'forecast':{'horizon':[1]}}`                                    | /forecast/horizon",
                "`{'forecast':{'horizon':-3}}`                                     | /forecast/horizon",
                "`{'forecast':{'horizon':0}}`                                      | /forecast/horizon",
                "`{'forecast':{'horizon':2147483648}}`                             | /forecast/horizon",
                "`{'forecast':{'horizon':99999999999999999999999999}}`             | /forecast/horizon",
                "`{'forecast':{'horizon':1,'quantiles':[0.5,1.5]}}`                | /forecast/quantiles/1",
                "`{'forecast':{'horizon':1,'quantiles':[null]}}`                   | /forecast/quantiles/0",
                "`{'forecast':{'horizon':1,'quantiles':['0.5']}}`                  | /forecast/quantiles/0",
                "`{'forecast':{'horizon':1,'quantiles':0.5}}`                      | /forecast/quantiles",
                "`{'forecast':{'horizon':1,'quantiles':[]}}`                       | /forecast/quantiles",
                "`{'forecast':{'horizon':1,'season_length':1025}}`                 | /forecast/season_length",
                "`{'forecast':{'horizon':1,'seasonLength':7}}`                     | /forecast/seasonLength",
                "`{'forecast':{'horizon':1,'cell':'gru'}}`                         | /forecast/cell",
                "`{'forecast':{'horizon':1,'cell':'LSTM'}}`                        | /forecast/cell",
                "`{'forecast':{'horizon':1,'cell':0}}`                             | /forecast/cell",
                "`{'forecast':{'horizon':1},'training':{'learning_rate':'NaN'}}`   | /training/learning_rate",
                "`{'forecast':{'horizon':1},'training':{'learning_rate':1e999}}`   | /training/learning_rate",
                "`{'forecast':{'horizon':1},'training':{'learning_rate':0}}`       | /training/learning_rate",
                "`{'forecast':{'horizon':1},'training':{'seed':9223372036854775808}}` | /training/seed",
                "`{'forecast':{'horizon':1},'training':{'seed':1e3}}`              | /training/seed",
                "`{'forecast':{'horizon':1},'training':{'max_duration':600}}`      | /training/max_duration",
                "`{'forecast':{'horizon':1},'training':{'max_duration':'10m'}}`    | /training/max_duration",
                "`{'forecast':{'horizon':1},'training':{'stages':[{'name':'x'}]}}` | /training/stages/0/epochs",
                "`{'forecast':{'horizon':1},'training':{'stages':[{'name':'x','epochs':0}]}}` | /training/stages/0/epochs",
                "`{'forecast':{'horizon':1},'training':{'stages':[3]}}`            | /training/stages/0",
                "`{'forecast':{'horizon':1},'verbose':'true'}`                     | /verbose",
                "`{'forecast':{'horizon':1},'verbose':1}`                          | /verbose",
                "`{'forecast':{'horizon':1},'description':5}`                      | /description",
                "`{'forecast':{'horizon':1},'tags':[]}`                            | /tags",
                "`{'forecast':{'horizon':1},'tags':{'a/b~c':1}}`                   | /tags/a~1b~0c",
                "`{'forecast':{'horizon':1},'tags':{'a':'123456789'}}`             | /tags/a",
                "`{'forecast':{'horizon':1},'colour':'red'}`                       | /colour",
                "`{'forecast':{'horizon':1},'':1}`                                 | /",
            })
    void namesTheFieldThatDoesNotFit(String body, String pointer) {
        client.postJson("/trial/settings", body.replace('\'', '"'))
                .isProblem(400, "invalid-request")
                .at(pointer);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        client.postJson(
                        "/trial/series",
                        "{\"x\":1,\"forecast\":{\"horizon\":\"12\",\"cell\":\"gru\"},\"training\":{\"seed\":null,\"y\":{}}}")
                .isProblem(400, "invalid-request")
                .at("/series", "/x", "/forecast/horizon", "/forecast/cell", "/training/y")
                .saying("must be a whole number, was \\\"12\\\"", "rnn, lstm");
    }

    @Test
    void namesWrongTypesAndWrongRangesTogether() {
        client.postJson(
                        "/trial/settings",
                        "{\"forecast\":{\"horizon\":-1,\"season_length\":\"x\"},\"training\":{\"learning_rate\":0,\"seed\":1.5,"
                                + "\"stages\":[{\"name\":1,\"epochs\":0}]},\"tags\":{\"a\":\"123456789\"},\"x\":1}")
                .isProblem(400, "invalid-request")
                .at(
                        "/forecast/horizon",
                        "/forecast/season_length",
                        "/training/learning_rate",
                        "/training/seed",
                        "/training/stages/0/name",
                        "/training/stages/0/epochs",
                        "/tags/a",
                        "/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{'forecast':{'horizon':1}}`                                  | /data/series",
                "`{'data':null,'forecast':{'horizon':1}}`                      | /data/series",
                "`{'data':5,'forecast':{'horizon':1}}`                         | /data/series",
                "`{'data':{'series':null},'forecast':{'horizon':1}}`           | /data/series",
                "`{'data':{'series':{}},'forecast':{'horizon':1}}`             | /data/series",
                "`{'data':{'series':[{'target':[1]}],'text':'x'},'forecast':{'horizon':1}}`  | /data/text",
                "`{'data':{'series':[7]},'forecast':{'horizon':1}}`            | /data/series/0",
                "`{'data':{'series':[{'target':[1,'x']}]},'forecast':{'horizon':1}}` | /data/series/0/target/1",
            })
    void namesThePlaceOfTheSeries(String body, String pointer) {
        client.postJson("/trial/data", body.replace('\'', '"'))
                .isProblem(400, "invalid-request")
                .at(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "\"x\"", "null", "true"})
    void refusesDocumentsThatAreNoObject(String body) {
        client.postJson("/trial/settings", body)
                .isProblem(400, "invalid-request")
                .at("");
        client.postJson("/trial/series", body).isProblem(400, "invalid-request").at("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"forecast\":{\"horizon\":1}",
                "{\"forecast\":{\"horizon\":1}}}",
                "{\"forecast\":{\"horizon\":1}} x",
                "{\"forecast\":{\"horizon\":1}}{}",
                "{\"forecast\":{\"horizon\":1},\"forecast\":{\"horizon\":2}}",
                "{\"forecast\":{\"horizon\":1,\"horizon\":2}}",
                "{'forecast':1}",
                "{forecast:1}",
                "{\"forecast\":{\"horizon\":NaN}}",
                "{\"forecast\":{\"horizon\":Infinity}}",
                "{\"forecast\":{\"horizon\":01}}",
                "{\"forecast\":{\"horizon\":+1}}",
                "{\"forecast\":{\"horizon\":0x1}}",
                "{\"forecast\":{\"horizon\":1,}}",
                "{\"forecast\":/* one */{\"horizon\":1}}",
                "{\"description\":\"\u0001\"}",
                "{\"description\":\"\\x\"}",
                "{\"description\":\"\\ud8\"}",
                "<xml/>",
                "horizon=12"
            })
    void saysWhereTheSyntaxIsWrong(String body) {
        client.postJson("/trial/settings", body).isProblem(400, "malformed-body");
        client.postJson("/trial/series", body).isProblem(400, "malformed-body");
    }

    @Test
    void namesLineAndColumn() {
        client.postJson("/trial/settings", "{\n  \"forecast\": ]\n}")
                .isProblem(400, "malformed-body")
                .saying("line 2, column 15");
    }

    @Test
    void refusesTwoArraysOfSeries() {
        client.postJson("/trial/series", "{\"series\":[{\"target\":[1]}],\"series\":[],\"forecast\":{\"horizon\":1}}")
                .isProblem(400, "malformed-body");
    }

    static List<byte[]> badEncodings() {
        return List.of(
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                new byte[] {'{', '"', 'x', '"', ':', '"', (byte) 0xc3, '"', '}'},
                new byte[] {'{', '"', 'x', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                new byte[] {(byte) 0x80},
                new byte[] {0, 0, 0, '{', 0, 0, 0},
                new byte[] {0, 0, (byte) 0xfe, (byte) 0xff, 0, (byte) 0x7f, 0, 0},
                "{\"x\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("badEncodings")
    void refusesWhatIsNotUtf8(byte[] body) {
        client.post("/trial/settings", "application/json", body).isProblem(400, "malformed-body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesDeepNestingWithoutFallingIntoIt(String opening) {
        client.postJson("/trial/settings", "{\"description\":" + opening.repeat(200_000))
                .isProblem(400, "malformed-body");
        client.postJson("/trial/series", "{\"series\":[{\"target\":" + opening.repeat(200_000))
                .isProblem(400, "invalid-request");
    }

    @Test
    void refusesNumbersOfAbsurdLength() {
        Answer answer =
                client.postJson("/trial/settings", "{\"forecast\":{\"horizon\":" + "9".repeat(1_000_000) + "}}");

        answer.isProblem(400, "malformed-body");
        assertThat(answer.body().length()).isLessThan(1_000);
    }

    @Test
    void refusesExponentsOfAbsurdSize() {
        client.postJson("/trial/settings", "{\"forecast\":{\"horizon\":1e999999999}}")
                .isProblem(400, "invalid-request")
                .at("/forecast/horizon");
    }

    @Test
    void boundsWhatStandsBesideTheSeries() {
        client.postJson("/trial/settings", "{\"description\":\"" + "x".repeat(20_000) + "\"}")
                .isProblem(413, "body-too-large");
        client.postJson("/trial/series", "{\"tags\":[" + "1,".repeat(200) + "1],\"series\":[]}")
                .isProblem(413, "body-too-large");
    }

    @Test
    void tellsOnlyTheFirstOfVeryManyErrors() {
        Answer answer =
                client.postJson("/trial/settings", "{" + "\"%d\":1,".repeat(90).formatted(numbers(90)) + "\"x\":1}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.json().path("errors").size()).isEqualTo(50);
    }

    private static Object[] numbers(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }
}
