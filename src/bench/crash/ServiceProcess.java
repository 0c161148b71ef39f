import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, which can be killed. */
final class ServiceProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final Api api;
    private final long started = System.nanoTime();

    private ServiceProcess(Process process, Path log, Api api) {
        this.process = process;
        this.log = log;
        this.api = api;
    }

    /** Starts the service by a command that needs only its arguments; what it says is appended to the log. */
    static ServiceProcess start(List<String> command, Store store, Path log) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var line = new ArrayList<>(command);
        line.add("--server.port=" + port);
        // A job whose process died is taken up after four of these.
        line.add("--foretide.training.heartbeat=500ms");
        line.add("--foretide.training.poll-interval=200ms");
        // How often a job was begun is not the question here.
        line.add("--foretide.training.max-attempts=1000");
        line.addAll(store.arguments());
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServiceProcess(process, log, new Api(port));
    }

    Api api() {
        return api;
    }

    /** The seconds since the start, as soon as the service calls itself ready. */
    double awaitReady() throws IOException, InterruptedException {
        while (!isReady()) {
            if (!process.isAlive() || seconds() > PATIENCE.toSeconds()) {
                List<String> lines = Files.readAllLines(log);
                throw new IllegalStateException("the service is not ready:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
            }
            Thread.sleep(20);
        }
        return seconds();
    }

    boolean isReady() {
        try {
            return api.get("/actuator/health/readiness").succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** SIGKILL: nothing of the process runs after it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the service outlived SIGKILL");
        }
    }
}
