import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.testing.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How long one replica may follow an alias to its old version after the other has confirmed the move. */
final class AliasMoves {
    /** The default of {@code foretide.registry.alias-refresh}, and as much for the question and the machine. */
    static final Duration BOUND = Duration.ofSeconds(2);

    private static final String SERIES = "\"series\":[{\"item_id\":\"a\",\"target\":[" + ReplicasBench.TARGET + "]}]";
    private static final String TRAINING = "{\"data\":{" + SERIES + "},\"forecast\":{\"horizon\":4},"
            + "\"network\":{\"units\":4},\"training\":{\"epochs\":1},\"promote\":\"always\"}";
    private static final String QUESTION = "{" + SERIES + ",\"horizon\":1}";

    private final EmbeddedPostgres server;
    private final int moves;

    AliasMoves(EmbeddedPostgres server, int moves) {
        this.server = server;
        this.moves = moves;
    }

    /** The longest time from the answer that confirms a move to a question that is still answered by the old version, or 0. */
    Duration longest() throws Exception {
        ReplicasBench.createDatabase(server, "moves");
        try (var one = ReplicasBench.launch(server, "moves");
                var other = ReplicasBench.launch(server, "moves");
                var http = HttpClient.newHttpClient()) {
            one.awaitReady();
            other.awaitReady();
            train(one.client(), 1);
            train(one.client(), 2);
            Duration longest = Duration.ZERO;
            for (int move = 0; move < moves; move++) {
                Duration stale = stale(http, one, other.client(), 1 + move % 2);
                longest = stale.compareTo(longest) > 0 ? stale : longest;
            }
            return longest;
        }
    }

    private static void train(Client client, int version) {
        answered(client.postJson("/api/v1/models/air/train", TRAINING), 202);
        ReplicasBench.await(
                () -> client.get("/api/v1/models/air/versions/" + version).status() == 200);
    }

    private static Duration stale(HttpClient http, ServiceProcess one, Client other, int version)
            throws IOException, InterruptedException {
        version(other); // so that it has something to remember
        move(http, one.port(), version);
        long confirmed = System.nanoTime();
        long asked = confirmed;
        long latest = confirmed;
        while (version(other) != version) {
            latest = asked;
            if (latest - confirmed > Duration.ofMinutes(1).toNanos()) {
                throw new IllegalStateException("the other does not follow");
            }
            asked = System.nanoTime();
        }
        return Duration.ofNanos(latest - confirmed);
    }

    private static int version(Client client) {
        return answered(client.postJson("/api/v1/models/air/predict", QUESTION), 200)
                .json()
                .get("version")
                .asInt();
    }

    private static void move(HttpClient http, int port, int version) throws IOException, InterruptedException {
        URI alias = URI.create("http://127.0.0.1:" + port + "/api/v1/models/air/aliases/champion");
        HttpResponse<String> moved = http.send(
                HttpRequest.newBuilder(alias)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"version\":" + version + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (moved.statusCode() / 100 != 2) {
            throw new IllegalStateException("not moved: " + moved.body());
        }
    }

    private static Answer answered(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }
}
