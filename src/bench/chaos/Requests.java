package chaos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Observations of one client over HTTP, each at whatever process: what is answered is durable, and the next one goes elsewhere. */
final class Requests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<String> EXPECTED = List.of("unexpected-count", "session-elsewhere");

    private final Walks walks;
    private final Tally tally;

    Requests(Walks walks, Tally tally) {
        this.walks = walks;
        this.tally = tally;
    }

    /** Sends the next observation of a session, and waits for the answer; where there is none, where it stands is asked later. */
    void observe(Walk walk, Replica replica) throws InterruptedException {
        Context upcoming = walk.upcoming();
        int seq = walk.send();
        walk.happened("requests at " + replica.stream().getPort(), null);
        String body = "{\"seq\":%d,\"value\":%s,\"time\":\"%s\"}".formatted(seq, upcoming.valueAsJson(), upcoming.time());
        var request = HttpRequest.newBuilder(replica.sessions().resolve(walk.name() + "/observations"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Foretide-Session-Token", walk.token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            take(walk, answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException _) {
            walk.hasNoAnswer();
        }
    }

    private void take(Walk walk, int status, JsonNode answer) {
        if (status == 200) {
            tally.requests.increment();
            int seq = answer.path("seq").asInt();
            walk.happened("is answered " + seq, null);
            if (answer.path("durable_seq").asInt() != seq) {
                tally.other("request", "answered what is not durable: " + answer);
            }
            walk.told(null, seq, seq);
            if (answer.has("mean") && walk.knows(seq)) {
                walks.keep(Received.of(walk.name(), walk.at(seq), answer));
            }
            return;
        }
        String slug = answer.path("type").asString("").replace("/problems/", "");
        walk.happened("is refused a request: " + slug, null);
        if (status != 503 && status != 429 && !EXPECTED.contains(slug)) {
            tally.other(slug, "request of %s: %s".formatted(walk.describe(), answer));
        }
    }
}
