package io.foretide.http;

import static io.foretide.http.testing.Client.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Reads series and settings in each form that a body can have. */
@TrialServer
class BodyFormsTest {
    private static final String SERIES =
            "[{\"item_id\":\"a\",\"start\":\"2020-01-01\",\"freq\":\"D\",\"target\":[1,null,3]},{\"item_id\":\"b\",\"target\":[4,5]}]";
    private static final String CSV =
            "item_id,timestamp,target\na,2020-01-01T00:00:00,1\na,2020-01-01T01:00:00,2\na,2020-01-01T02:00:00,3\n";
    private static final String LINES = "{\"item_id\":\"a\",\"target\":[1,2,3]}\n";
    private static final String QUERY =
            "?horizon=12&quantiles=0.1,0.5&season_length=7&cell=lstm&learning_rate=1e-3&seed=-5"
                    + "&max_duration=PT10M&verbose=true&description=a%20b";
    private static final String BOUNDARY = "----b";

    @LocalServerPort
    int port;

    Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"series\":%s,\"forecast\":{\"horizon\":12}}",
                "{\"forecast\":{\"horizon\":12},\"series\":%s}",
                " {\"description\":null,\"series\" : %s ,\"forecast\":{\"horizon\":12,\"quantiles\":null}} \n"
            })
    void readsSeriesWhereverTheyStandAmongTheFields(String body) {
        Answer answer = client.postJson("/trial/series", body.formatted(SERIES));

        assertUnderstood(answer, 2, 5);
        assertThat(answer.json().at("/settings/forecast/horizon").intValue()).isEqualTo(12);
    }

    @Test
    void readsSeriesInsideAnObject() {
        Answer answer =
                client.postJson("/trial/data", "{\"data\":{\"series\":" + SERIES + "},\"forecast\":{\"horizon\":1}}");

        assertUnderstood(answer, 2, 5);
    }

    @Test
    void bindsEveryKindOfField() {
        Answer answer = client.postJson("/trial/settings", """
                {"description":"ä","forecast":{"horizon":2147483647,"quantiles":[0.1,0.5],"season_length":7,"cell":"rnn"},
                 "training":{"learning_rate":1,"seed":-9223372036854775808,"max_duration":"PT1M30S",
                             "stages":[{"name":"x","epochs":3}]},
                 "tags":{"team":"x"},"verbose":true}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode settings = answer.json();
        assertThat(settings.at("/forecast/season_length").intValue()).isEqualTo(7);
        assertThat(settings.at("/forecast/cell").stringValue()).isEqualTo("rnn");
        assertThat(settings.at("/forecast/quantiles/0").doubleValue()).isEqualTo(0.1);
        assertThat(settings.at("/training/learning_rate").doubleValue()).isEqualTo(1.0);
        assertThat(settings.at("/training/seed").longValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(settings.at("/training/max_duration").stringValue()).isEqualTo("PT1M30S");
        assertThat(settings.at("/training/stages/0/epochs").intValue()).isEqualTo(3);
        assertThat(settings.at("/tags/team").stringValue()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({"text/csv", "text/csv;charset=utf-8", "TEXT/CSV"})
    void readsSettingsOfCsvFromTheQuery(String contentType) {
        Answer answer = client.post("/trial/series" + QUERY + "&freq=h&zone=Europe/Berlin", contentType, CSV);

        assertUnderstood(answer, 1, 3);
        assertSettings(answer.json().path("settings"));
    }

    @Test
    void readsSettingsOfJsonLinesFromTheQuery() {
        Answer answer = client.post("/trial/series" + QUERY, "application/x-ndjson", LINES);

        assertUnderstood(answer, 1, 3);
        assertSettings(answer.json().path("settings"));
    }

    @ParameterizedTest
    @CsvSource({
        "horizon=x, horizon",
        "horizon=1.5, horizon",
        "horizon=, horizon",
        "horizon=-1, horizon",
        "horizon=99999999999, horizon",
        "horizon=1&horizon=2, horizon",
        "quantiles=0.5, horizon",
        "horizon=1&quantiles=0.5;x, quantiles",
        "horizon=1&quantiles=2, quantiles",
        "horizon=1&quantiles=, quantiles",
        "horizon=1&learning_rate=NaN, learning_rate",
        "horizon=1&learning_rate=1e999, learning_rate",
        "horizon=1&max_duration=10, max_duration",
        "horizon=1&verbose=yes, verbose",
        "horizon=1&cell=gru, cell",
        "horizon=1&tags=x, tags",
        "horizon=1&forecast=x, forecast",
        "horizon=1&colour=red, colour",
        "horizon=1&freq=sometimes, freq",
        "horizon=1&zone=Mars, zone",
        "horizon=1&seasonLength=3, seasonLength"
    })
    void namesTheSettingOfTheQueryThatIsWrong(String query, String parameter) {
        client.post("/trial/series?" + query, "text/csv", CSV)
                .isProblem(400, "invalid-parameter")
                .at(parameter);
    }

    @Test
    void refusesParametersBesideJson() {
        client.postJson("/trial/series?horizon=12", "{}")
                .isProblem(400, "invalid-parameter")
                .at("horizon");
        client.postJson("/trial/settings?x=1", "{}")
                .isProblem(400, "invalid-parameter")
                .at("x");
    }

    @Test
    void inflatesEveryForm() {
        String json = "{\"series\":" + SERIES + ",\"forecast\":{\"horizon\":12}}";

        assertUnderstood(
                client.post(
                        "/trial/series", "application/json", gzip(json.getBytes(UTF_8)), "Content-Encoding", "gzip"),
                2,
                5);
        assertUnderstood(
                client.post("/trial/series" + QUERY, "text/csv", gzip(CSV.getBytes(UTF_8)), "Content-Encoding", "GZip"),
                1,
                3);
        assertUnderstood(
                client.post(
                        "/trial/series",
                        "multipart/form-data; boundary=" + BOUNDARY,
                        gzip(parts(
                                part("request", "", "{\"forecast\":{\"horizon\":1}}"),
                                part("data", "; filename=a.csv", CSV))),
                        "Content-Encoding",
                        "gzip"),
                1,
                3);
    }

    static List<String> files() {
        return List.of(
                part("data", "; filename=a.csv", CSV),
                part("data", "; filename=\"A.CSV\"\r\nContent-Type: application/octet-stream", CSV),
                part("data", "\r\nContent-Type: text/csv", CSV),
                part("data", "; filename=a.txt\r\nContent-Type: text/csv; charset=utf-8", CSV),
                part("data", "; filename=a.ndjson", LINES),
                part("data", "; filename=a.jsonl\r\nContent-Type: text/plain", LINES),
                part("data", "; filename=a.json", "[{\"target\":[1,2,3]}]"),
                part("data", "\r\nContent-Type: application/json", "{\"series\":[{\"target\":[1,2,3]}]}"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsPartsInAnyOrder(String file) {
        String request = part("request", "", "{\"forecast\":{\"horizon\":12}}");

        assertUnderstood(multipart(parts(request, file)), 1, 3);
        assertUnderstood(multipart(parts(file, request)), 1, 3);
    }

    @Test
    void inflatesFilesThatAreCompressed() {
        byte[] head = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=data; filename=a.csv.gz\r\n\r\n")
                .getBytes(UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(gzip(CSV.getBytes(UTF_8)));
        body.writeBytes("\r\n".getBytes(UTF_8));
        body.writeBytes(parts(part("request", "", "{\"forecast\":{\"horizon\":12}}")));

        assertUnderstood(multipart(body.toByteArray()), 1, 3);
    }

    static List<List<String>> wrongParts() {
        String request = part("request", "", "{\"forecast\":{\"horizon\":12}}");
        String data = part("data", "; filename=a.csv", CSV);
        return List.of(
                List.of(request),
                List.of(data),
                List.of(request, data, data),
                List.of(request, request, data),
                List.of(request, part("other", "", "x"), data),
                List.of(part("request", "", "{\"forecast\":{\"horizon\":12},\"series\":[]}"), data),
                List.of(part("request", "", "[]"), data),
                List.of(request, part("data", "; filename=a.json", "{\"series\":[],\"x\":1}")),
                List.of(request, part("data", "; filename=a.json", "{}")),
                List.of(request, part("data", "; filename=a.json", "3")));
    }

    @ParameterizedTest
    @MethodSource("wrongParts")
    void refusesPartsThatDoNotFit(List<String> wrong) {
        multipart(parts(wrong.toArray(String[]::new))).isProblem(400, "invalid-request");
    }

    @Test
    void refusesPartsThatCannotBeRead() {
        String request = part("request", "", "{\"forecast\":{\"horizon\":12}}");
        String data = part("data", "; filename=a.csv", CSV);

        multipart((request + data).getBytes(UTF_8)).isProblem(400, "malformed-body");
        multipart("no parts at all".getBytes(UTF_8)).isProblem(400, "invalid-request");
        client.post("/trial/series", "multipart/form-data", parts(request, data))
                .isProblem(400, "malformed-body");
        multipart(parts(part("request", "", "{"), data)).isProblem(400, "malformed-body");
        multipart(parts("--" + BOUNDARY + "\r\nX: " + "x".repeat(100_000) + "\r\n\r\nx\r\n"))
                .isProblem(400, "malformed-body");
        multipart(parts(request, part("data", "; filename=a.pdf\r\nContent-Type: application/pdf", CSV)))
                .isProblem(415, "unsupported-media-type");
        multipart(parts(request, part("data", "", CSV))).isProblem(415, "unsupported-media-type");
        multipart(parts(request, part("data", "; filename=a.csv.gz", CSV))).isProblem(400, "malformed-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "text/csv; charset=iso-8859-1",
                "application/json; charset=nonsense",
                "nonsense",
                "application/*"
            })
    void refusesOtherContentTypes(String contentType) {
        Answer answer = client.post("/trial/series", contentType, "{}").isProblem(415, "unsupported-media-type");

        assertThat(answer.status()).isEqualTo(415);
        client.post("/trial/settings", contentType, "{}").isProblem(415, "unsupported-media-type");
    }

    @Test
    void refusesBodiesWithoutContentType() {
        assertThat(client.raw(
                        "POST /trial/series HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415")
                .contains("application/x-ndjson");
    }

    private static void assertUnderstood(Answer answer, int series, int observations) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("series").intValue()).isEqualTo(series);
        assertThat(answer.json().path("observations").intValue()).isEqualTo(observations);
    }

    private static void assertSettings(JsonNode settings) {
        assertThat(settings.at("/forecast/horizon").intValue()).isEqualTo(12);
        assertThat(settings.at("/forecast/quantiles").size()).isEqualTo(2);
        assertThat(settings.at("/forecast/season_length").intValue()).isEqualTo(7);
        assertThat(settings.at("/forecast/cell").stringValue()).isEqualTo("lstm");
        assertThat(settings.at("/training/learning_rate").doubleValue()).isEqualTo(0.001);
        assertThat(settings.at("/training/seed").longValue()).isEqualTo(-5);
        assertThat(settings.at("/training/max_duration").stringValue()).isEqualTo("PT10M");
        assertThat(settings.at("/verbose").booleanValue()).isTrue();
        assertThat(settings.at("/description").stringValue()).isEqualTo("a b");
    }

    private Answer multipart(byte[] body) {
        return client.post("/trial/series", "multipart/form-data; boundary=" + BOUNDARY, body);
    }

    private static String part(String name, String more, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n"
                + content + "\r\n";
    }

    private static byte[] parts(String... parts) {
        return (String.join("", parts) + "--" + BOUNDARY + "--\r\n").getBytes(UTF_8);
    }
}
