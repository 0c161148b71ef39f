import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service over HTTP, for clients that must know whether they were answered. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int MOST_TRIES = 60;

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What was answered. */
    record Answer(int status, HttpHeaders headers, byte[] body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String text() {
            String text = new String(body, StandardCharsets.UTF_8);
            return status + " " + (text.length() <= 400 ? text : text.substring(0, 400) + "…");
        }

        boolean succeeded() {
            return status / 100 == 2;
        }

        /** Whether it says for certain what became of the request: an error of the server does not. */
        boolean isDefinite() {
            return status < 500;
        }
    }

    /** A request that may be sent. */
    interface Request {
        Answer send() throws IOException;
    }

    Api(int port) {
        server = URI.create("http://127.0.0.1:" + port);
    }

    Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** Asks what is there, until there is an answer. */
    Answer ask(String path) throws IOException, InterruptedException {
        return untilAnswered(() -> get(path));
    }

    /** Sends a request that changes nothing until there is an answer: that the database is busy is none. */
    static Answer untilAnswered(Request request) throws IOException, InterruptedException {
        Answer answer = request.send();
        for (int tries = 1; answer.status() == 503 && tries < MOST_TRIES; tries++) {
            Thread.sleep(500);
            answer = request.send();
        }
        return answer;
    }

    Answer delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    Answer put(String path, String json) throws IOException {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer post(String path, String json, String... headers) throws IOException {
        var request = request(path).header("Content-Type", "application/json");
        return send((headers.length == 0 ? request : request.headers(headers)).POST(BodyPublishers.ofString(json)));
    }

    /** Uploads an artifact with its length announced, so that a stream that dawdles leaves a request half sent. */
    Answer upload(String path, byte[] zip, InputStream stream) throws IOException {
        var body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> stream), zip.length);
        return send(request(path).header("Content-Type", "application/zip").POST(body));
    }

    Answer upload(String path, byte[] zip) throws IOException {
        return upload(path, zip, new ByteArrayInputStream(zip));
    }

    /** All entries of a list, page by page. */
    List<JsonNode> list(String path) throws IOException, InterruptedException {
        var entries = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            Answer answer = ask(path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor);
            if (!answer.succeeded()) {
                throw new IOException("GET " + path + ": " + answer.text());
            }
            answer.json().path("items").forEach(entries::add);
            JsonNode next = answer.json().path("next_cursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : null;
        } while (cursor != null);
        return entries;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        }
    }
}
