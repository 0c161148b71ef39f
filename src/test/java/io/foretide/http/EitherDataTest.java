package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Reads bodies that hold data of one kind or another, as their settings say. */
@TrialServer
class EitherDataTest {
    private static final String PATH = "/trial/either";
    private static final String HORIZON = "\"forecast\":{\"horizon\":1}";
    private static final String OF_TEXT = "\"description\":\"text\"," + HORIZON;
    private static final String SERIES = "\"series\":[{\"target\":[1,2]}]";
    private static final String TEXT = "\"text\":\"héllo\"";
    private static final String CSV = "item_id,timestamp,target\na,2020-01-01,1\nb,2020-01-01,2\n";

    @LocalServerPort
    int port;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    private static void assertRead(Answer answer, String data) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("data").stringValue()).isEqualTo(data);
    }

    @Test
    void readsTheDataThatTheSettingsSayWhereverTheseStand() {
        assertRead(client.postJson(PATH, "{\"data\":{" + SERIES + "}," + HORIZON + "}"), "1 series");
        assertRead(client.postJson(PATH, "{" + OF_TEXT + ",\"data\":{" + TEXT + "}}"), "the text héllo");
        assertRead(client.postJson(PATH, "{\"data\":{" + TEXT + "}," + OF_TEXT + "}"), "the text héllo");
    }

    @Test
    void namesDataOfAnotherKind() {
        client.postJson(PATH, "{\"data\":{" + TEXT + "}," + HORIZON + "}")
                .isProblem(400, "invalid-request")
                .at("/data/text")
                .saying("/data/series");
        client.postJson(PATH, "{\"data\":{" + SERIES + "," + TEXT + "}," + HORIZON + "}")
                .isProblem(400, "invalid-request")
                .at("/data/text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{%s}", "{%s,\"data\":{}}", "{\"data\":null,%s}"})
    void saysWhichDataAreMissing(String body) {
        client.postJson(PATH, body.formatted(HORIZON))
                .isProblem(400, "invalid-request")
                .saying("/data/series");
        client.postJson(PATH, body.formatted(OF_TEXT))
                .isProblem(400, "invalid-request")
                .saying("/data/text");
    }

    @Test
    void namesWhatStandsBesideTheData() {
        client.postJson(PATH, "{\"data\":{" + TEXT + ",\"colour\":1}," + OF_TEXT + "}")
                .isProblem(400, "invalid-request")
                .at("/data/colour");
    }

    @Test
    void readsPlainTextWhereATextIsAskedFor() {
        String settings = "?horizon=1&description=";

        assertRead(client.post(PATH + settings + "text", "text/plain; charset=utf-8", "héllo"), "the text héllo");
        client.post(PATH + settings + "series", "text/plain", "héllo")
                .isProblem(415, "unsupported-media-type")
                .saying("text/csv");
        client.post(PATH + settings + "text", "text/csv", CSV).isProblem(415, "unsupported-media-type");
    }

    @Test
    void takesParametersOfTheDataThatAreRead() {
        assertRead(client.post(PATH + "?horizon=1&freq=D", "text/csv", CSV), "2 series");
        client.post(PATH + "?horizon=1&freq=D&description=text", "text/plain", "a")
                .isProblem(400, "invalid-parameter")
                .at("freq");
    }

    @Test
    void readsAFileAsTheSettingsSayAlsoWhereTheyComeLater() {
        String request = part("request", "", "{" + OF_TEXT + "}");
        String file = part("data", "; filename=a.txt", "héllo");
        String json = part("data", "; filename=a.json", "{" + TEXT + "}");

        assertRead(multipart(request + file), "the text héllo");
        assertRead(multipart(file + request), "the text héllo");
        assertRead(multipart(request + json), "the text héllo");
        multipart(part("request", "", "{" + HORIZON + "}") + file).isProblem(415, "unsupported-media-type");
        multipart(request).isProblem(400, "invalid-request");
    }

    private Answer multipart(String parts) {
        return client.post(PATH, "multipart/form-data; boundary=x", (parts + "--x--\r\n").getBytes(UTF_8));
    }

    private static String part(String name, String more, String content) {
        return "--x\r\nContent-Disposition: form-data; name=" + name + more + "\r\n\r\n" + content + "\r\n";
    }
}
