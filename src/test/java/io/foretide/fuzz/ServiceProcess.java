package io.foretide.fuzz;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service as a process of its own, with its own port, data and log. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern SUSPICIOUS =
            Pattern.compile("^\\s+at \\S+\\(|^Caused by|Exception|\\bERROR\\b|OutOfMemory");

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts what is on this class path, with the flags of the service and properties beside the defaults. */
    static ServiceProcess start(Path folder, List<String> flags, List<String> properties)
            throws IOException, InterruptedException {
        int port = freePort();
        Path log = folder.resolve("service.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@src/main/jvm/java.args"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.foretide.ForetideApplication"));
        command.add("--server.port=" + port);
        command.add("--foretide.storage.path=" + folder.resolve("data"));
        properties.forEach(property -> command.add("--" + property));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1"); // trainings leave a core to the requests
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // also where this is interrupted
        ServiceProcess service = new ServiceProcess(process, port, log);
        service.awaitReady();
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        URI readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int tries = 0; tries < 240 && process.isAlive(); tries++) {
                try {
                    if (http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // it does not listen yet
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
        throw new IllegalStateException("the service did not start:\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Footprint footprint() throws IOException, InterruptedException {
        return Footprint.of(process.pid());
    }

    /** Lines of the log that should not be there. */
    List<String> suspiciousLines() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> SUSPICIOUS.matcher(line).find()).toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
