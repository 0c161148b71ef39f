package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.foretide.testing.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service, started with what the chart mounts into its container, on other ports. */
class ChartServiceTest {
    private static final Manifests MANIFESTS = Chart.FORETIDE.render(Chart.example("monitoring"));

    private static final int THREADS = 3;

    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("application.yaml"), MANIFESTS.application());
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("foretide.storage.password"), "swordfish\n");
        service = RunningService.start(
                folder,
                "spring.config.additional-location=file:" + config + "/,configtree:" + secrets + "/",
                "server.address=127.0.0.1",
                "management.server.address=127.0.0.1",
                "management.server.port=0",
                "server.tomcat.threads.max=" + THREADS);
    }

    @AfterAll
    static void stop() {
        service.close();
        // The form of the log is kept in a system property, and would be that of all tests that come later.
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @Test
    void probesAreAnswered() {
        assertThat(ChartExamplesTest.probes(ChartExamplesTest.container(MANIFESTS))
                        .map(HTTPGetAction::getPath))
                .allSatisfy(path -> assertThat(
                                get(service.managementAddress() + path).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void probesAreAnsweredWhileEveryThreadOfTheApiWaitsForABody() throws Exception {
        List<Socket> uploads = new ArrayList<>();
        try {
            for (int thread = 0; thread < THREADS; thread++) {
                uploads.add(stalledUpload());
            }

            assertThat(get(service.managementAddress() + "/actuator/health/liveness")
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket upload : uploads) {
                upload.close();
            }
        }
    }

    /** One that has a thread: the service has said that it reads the body. */
    private static Socket stalledUpload() throws IOException {
        URI address = URI.create(service.address());
        var upload = new Socket(address.getHost(), address.getPort());
        upload.getOutputStream().write("""
                POST /api/v1/models/air/train?horizon=12&freq=M HTTP/1.1
                Host: localhost
                Content-Type: text/csv
                Content-Length: 1000
                Expect: 100-continue

                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        var answer = new BufferedReader(new InputStreamReader(upload.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(answer.readLine()).startsWith("HTTP/1.1 100");
        return upload;
    }

    @Test
    void metricsAreWhereTheMonitorLooks() throws Exception {
        String path = MANIFESTS
                .only(ServiceMonitor.class)
                .getSpec()
                .getEndpoints()
                .getFirst()
                .getPath();

        var metrics = get(service.managementAddress() + path);

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("foretide_training_jobs{state=\"failed\"}");
    }

    @Test
    void thePortOfTheApiHasNeitherMetricsNorHealth() throws Exception {
        assertThat(get(service.address() + "/api/v1/models").statusCode()).isEqualTo(200);
        assertThat(get(service.address() + "/actuator/prometheus").statusCode()).isEqualTo(404);
        assertThat(get(service.address() + "/actuator/health/liveness").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theTestOfTheReleaseSucceedsWhereTheServiceAnswersAndFailsElsewhere() throws Exception {
        List<String> command = Chart.FORETIDE
                .withTestsShown()
                .render(Chart.example("monitoring"))
                .only(Pod.class)
                .getSpec()
                .getContainers()
                .getFirst()
                .getCommand();
        assertThat(command).endsWith("demand-foretide", "80");

        assertThat(ask(command, URI.create(service.address()))).isZero();
        assertThat(ask(command, URI.create(service.managementAddress()))).isNotZero();
        assertThat(ask(command, URI.create("http://localhost:1"))).isNotZero();
    }

    /** The command of the test, at an address of our own. */
    private static int ask(List<String> command, URI address) throws Exception {
        List<String> there = new ArrayList<>(command.subList(0, command.size() - 2));
        there.addAll(List.of(address.getHost(), Integer.toString(address.getPort())));
        return new ProcessBuilder(there)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void secretsArriveUnderTheNameOfTheirProperty() {
        assertThat(service.property("foretide.storage.password")).contains("swordfish");
    }

    @Test
    void theConfigurationOfTheReleaseCounts() {
        assertThat(service.property("logging.structured.format.console")).contains("ecs");
        assertThat(service.property("foretide.security.allow-non-loopback")).contains("true");
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .build());
    }
}
