package io.foretide.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What valid requests need to be there: the model air of three versions, one that may be deleted, an alias with a
 * history, a finished job, a session and another that may be closed, and one of each other task. It is put back whenever
 * requests have taken it away.
 */
final class World implements AutoCloseable {
    private static final String TINY = """
            {"data":{"series":[{"item_id":"a","start":"1949-01","freq":"M","target":[
            112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,
            145,150,178,163,172,178,199,199,184,162,146,166,171,180,193,181,183,218,230,242,209,191,172,194]}]},
            "forecast":{"horizon":6},"network":{"units":4},"training":{"epochs":1},"promote":"never"}""";

    private static final String LABELS = """
            {"task":"classify","data":{"sequences":[{"id":"a","label":"rain","values":[[1,2],[2,2],[3,1]]},
            {"id":"b","label":"sun","values":[[3,2],[2,1],[1,1]]},{"id":"c","label":"rain","values":[[2,0],[4,1],[5,3]]},
            {"id":"d","label":"sun","values":[[5,1],[4,2],[2,2]]},{"id":"e","label":"rain","values":[[0,1],[1,1],[3,2]]},
            {"id":"f","label":"sun","values":[[4,3],[2,2],[1,3]]},{"id":"g","label":"rain","values":[[3,1],[5,null],[8,2]]},
            {"id":"h","label":"sun","values":[[8,2],[5,2],[3,2]]},{"id":"i","label":"rain","values":[[1,2],[3,1]]},
            {"id":"j","label":"sun","values":[[3,1],[1,2]]}]},"network":{"units":4,"members":1},"training":{"epochs":1}}""";

    private static final String WORDS = """
            {"task":"generate","data":{"text":"one two three four five six seven eight nine ten eleven twelve"},
            "generate":{"tokens":"char"},"network":{"units":4},"training":{"epochs":1}}""";

    /** The model of each session, and an observation that it begins with. */
    private enum Walk {
        KEPT("air", "{\"value\":120}"),
        DOOMED("air", "{\"value\":120}"),
        LABELLED("labels", "{\"value\":[1,2]}"),
        WRITTEN("words", "{\"text\":\"one t\"}");

        final String session = name().toLowerCase(Locale.ROOT);
        final String model;
        final String observation;

        Walk(String model, String observation) {
            this.model = model;
            this.observation = observation;
        }

        /** The session that an operation is asked of, where it does no harm that matters. */
        static Walk of(Operation operation, String example) {
            String path = operation.path();
            boolean writes = path.endsWith("/generate") || example.equals("text");
            return operation.method().equals("DELETE")
                    ? DOOMED
                    : path.endsWith("/classify") ? LABELLED : writes ? WRITTEN : KEPT;
        }
    }

    private static final String SESSIONS = "/api/v1/sessions";
    private static final String TOKEN = "Foretide-Session-Token";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private String job = "";

    /** A version that nothing uses; numbers are never given again. */
    private int oldest = 1;

    private byte[] artifact = {};

    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private String state = "";

    World(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    List<Operation> operations() {
        return Operation.of(get("/v3/api-docs"));
    }

    /** The value of a parameter that leads to something of the task, where the operation does no harm that matters. */
    String value(Operation operation, Operation.Parameter parameter, String task, RandomGenerator random) {
        boolean deletes = operation.method().equals("DELETE");
        boolean adds = operation.method().equals("POST") && !operation.path().contains("aliases");
        if (isOfSession(operation)) {
            return Walk.of(operation, task).session;
        }
        return switch (parameter.name()) {
            case "name", "model" -> deletes ? "doomed" : adds ? "trained" + task : "air";
            case "reference" -> Kind.pick(references(task), random);
            case "version" -> deletes ? String.valueOf(oldest) : "1";
            case "alias" -> "stable";
            case "id" -> operation.path().endsWith("/cancel") ? submit("trained", TINY) : job;
            default -> parameter.example();
        };
    }

    private static List<String> references(String task) {
        return switch (task) {
            case "classify" -> List.of("labels");
            case "generate" -> List.of("words");
            default -> List.of("air", "air@champion", "air@latest", "air:1");
        };
    }

    private static boolean isOfSession(Operation operation) {
        return operation.path().startsWith(SESSIONS);
    }

    /** The value of a header without which the operation does nothing. */
    String header(Operation operation, Operation.Parameter parameter, String task) {
        return parameter.name().equals(TOKEN)
                ? tokens.getOrDefault(Walk.of(operation, task).session, "")
                : parameter.example();
    }

    /** What a session was told to be restored from. */
    String state() {
        return state;
    }

    /** A copy: what takes it may spoil it. */
    byte[] artifact() {
        return artifact.clone();
    }

    /** Makes what is missing, and ends the trainings that requests have begun. */
    synchronized void restore() {
        cancelAll();
        while (versions("air") < 3) {
            job = train("air", TINY);
        }
        if (job.isEmpty()) {
            job = get("/api/v1/jobs?state=succeeded&limit=1").at("/items/0/id").asString("");
        }
        while (versions("doomed") < 3) {
            train("doomed", TINY);
        }
        if (versions("labels") == 0) {
            train("labels", LABELS);
        }
        if (versions("words") == 0) {
            train("words", WORDS);
        }
        oldest = get("/api/v1/models/doomed/versions")
                .path("items")
                .valueStream()
                .mapToInt(item -> item.path("version").asInt())
                .min()
                .orElse(oldest); // somebody may have deleted the model again
        for (String model : List.of("air", "doomed")) {
            point(model, "champion", versionOf(model));
            point(model, "stable", versionOf(model) - 1);
            point(model, "stable", versionOf(model));
        }
        for (Walk walk : Walk.values()) {
            openIfMissing(walk);
        }
        state = get(SESSIONS + "/kept/state").path("state").asString(state);
        if (artifact.length == 0) {
            artifact = send("GET", "/api/v1/models/air/versions/1/artifact", "", BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private void openIfMissing(Walk walk) {
        String session = walk.session;
        if (!get(SESSIONS + "/" + session).has("token")) {
            String opening = "{\"session\":\"" + session + "\",\"model\":\"" + walk.model + "\"}";
            var opened = send("POST", SESSIONS, opening, BodyHandlers.ofString());
            tokens.put(
                    session,
                    JsonKinds.JSON.readTree(opened.body()).path("token").asString(""));
            send("POST", SESSIONS + "/" + session + "/observations", walk.observation, BodyHandlers.ofString());
        }
    }

    /** The last version of a model, of which the ones before may be deleted. */
    private int versionOf(String model) {
        return get("/api/v1/models/" + model + "/versions?limit=1")
                .at("/items/0/version")
                .asInt(1);
    }

    private int versions(String model) {
        return get("/api/v1/models/" + model + "/versions").path("items").size();
    }

    private void point(String model, String alias, int version) {
        send(
                "PUT",
                "/api/v1/models/" + model + "/aliases/" + alias,
                "{\"version\":" + version + "}",
                BodyHandlers.ofString());
    }

    private void cancelAll() {
        for (String state : List.of("queued", "running")) {
            get("/api/v1/jobs?state=" + state)
                    .path("items")
                    .forEach(item -> send(
                            "POST",
                            "/api/v1/jobs/" + item.path("id").asString() + "/cancel",
                            "",
                            BodyHandlers.ofString()));
        }
    }

    /** A job that has not ended yet; the finished one where the queue is full. */
    private String submit(String model, String training) {
        String answer = send("POST", "/api/v1/models/" + model + "/train", training, BodyHandlers.ofString())
                .body();
        return JsonKinds.JSON.readTree(answer).path("id").asString(job);
    }

    private String train(String model, String training) {
        String id = submit(model, training);
        for (int tries = 0; tries < 600; tries++) {
            String state = get("/api/v1/jobs/" + id).path("state").asString("");
            if (state.equals("succeeded")) {
                return id;
            }
            if (state.equals("failed") || state.equals("cancelled")) {
                id = submit(model, training); // requests may cancel it
            }
            pause(Duration.ofMillis(100));
        }
        throw new IllegalStateException("the training of " + model + " does not end");
    }

    /** What is at an address; an empty document where there is nothing. */
    private JsonNode get(String path) {
        return JsonKinds.JSON.readTree(
                send("GET", path, "", BodyHandlers.ofString()).body());
    }

    private <T> HttpResponse<T> send(String method, String path, String json, HttpResponse.BodyHandler<T> handler) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .header(TOKEN, token(path))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        List<Exception> failures = new ArrayList<>();
        while (failures.size() < 5) {
            try {
                return http.send(request, handler);
            } catch (IOException e) {
                failures.add(e); // a kept connection that the service closed in the meantime
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(method + " " + path + " is not answered", failures.getLast());
    }

    private String token(String path) {
        return Arrays.stream(Walk.values())
                .filter(walk -> path.contains("/" + walk.session))
                .findFirst()
                .map(walk -> tokens.get(walk.session))
                .orElse("none");
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
