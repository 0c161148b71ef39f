package chaos;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A place where a process of the service runs, most of the time, behind an address that stays. */
final class Replica implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

    /** As small as they may be, so that everything happens within minutes. */
    private static final List<String> SETTINGS = List.of(
            "--foretide.sessions.idle-time=2s",
            "--foretide.sessions.max-live=24",
            "--foretide.sessions.drain-deadline=5s",
            "--foretide.sessions.journal.max-size=1MB",
            "--foretide.sessions.journal.writer-timeout=15s",
            "--foretide.sessions.journal.sweep-interval=1s");

    private static final List<String> LAGS = List.of("0ms", "100ms", "500ms", "2s");

    private final List<String> command;
    private final Database database;
    private final Path log;
    private final Random random;
    private final Proxy proxy;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Process process;
    private volatile int port;

    Replica(List<String> command, Database database, Path log, Random random, Tally tally) throws IOException {
        this.command = command;
        this.database = database;
        this.log = log;
        this.random = random;
        this.proxy = new Proxy(new Random(random.nextLong()), tally);
    }

    /** Where clients connect to. */
    URI stream() {
        return URI.create("ws://127.0.0.1:" + proxy.port() + "/api/v1/stream");
    }

    /** Where the process of now is, with nothing before it. */
    int port() {
        return port;
    }

    /** Where clients ask for sessions over HTTP. */
    URI sessions() {
        return URI.create("http://127.0.0.1:" + proxy.port() + "/api/v1/sessions/");
    }

    Proxy proxy() {
        return proxy;
    }

    /** Begins a process, which differs from those before in how soon observations are durable. */
    void start() throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var line = new ArrayList<>(command);
        line.add("--server.port=" + port);
        line.add("--foretide.sessions.journal.durability-lag=" + LAGS.get(random.nextInt(LAGS.size())));
        line.addAll(SETTINGS);
        line.addAll(database.arguments());
        Process started = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        process = started;
        proxy.leadTo(port);
    }

    /** Whether the process is ready, and has not ended before. */
    boolean awaitReady() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(request("/actuator/health/readiness").GET()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** SIGKILL: nothing of the process runs after it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; whether the process has ended by itself in time. */
    boolean drain() throws InterruptedException {
        process.destroy();
        if (process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    void drainAndKill(long millis) throws InterruptedException {
        process.destroy();
        Thread.sleep(millis);
        kill();
    }

    void stall(long millis) throws InterruptedException {
        long pid = process.pid();
        Signals.send("STOP", pid);
        try {
            Thread.sleep(millis);
        } finally {
            Signals.send("CONT", pid);
        }
    }

    String get(String path) throws IOException, InterruptedException {
        return succeeded(send(request(path).GET()));
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return succeeded(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
    }

    /** Trains a model, to its end. */
    void train(String model, String body) throws IOException, InterruptedException {
        post("/api/v1/models/" + model + "/train", body);
        while (!get("/api/v1/jobs?model=" + model).contains("\"succeeded\"")) {
            if (get("/api/v1/jobs?model=" + model).contains("\"failed\"")) {
                throw new IllegalStateException(get("/api/v1/jobs?model=" + model));
            }
            Thread.sleep(200);
        }
    }

    private static String succeeded(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().uri() + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroyForcibly();
        }
        proxy.close();
    }
}
