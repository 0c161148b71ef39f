package io.foretide.registry;

import io.foretide.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A process that registers versions and makes each of them champion, until it is killed. It prints {@code registered 7} and
 * {@code promoted 7} once that is confirmed.
 */
final class RegisteringProcess {
    static final ModelName MODEL = new ModelName("killed");

    /** Three rows of a blob each, so that a kill has something to cut in half. */
    private static final int ARTIFACT_SIZE = 5 << 19;

    private RegisteringProcess() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegisteringProcess.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        try (var database = TestDatabase.inFolder(Path.of(arguments[0]))) {
            var fixture = new RegistryFixture(database);
            while (true) {
                int next = database.client()
                        .sql("select coalesce(max(last_version), 0) + 1 from model_number")
                        .query(Integer.class)
                        .single();
                int version = fixture.registry.register(version(fixture, next)).version();
                say("registered " + version);
                fixture.registry.promote(MODEL, version, Cause.ofClient("move " + version));
                say("promoted " + version);
            }
        }
    }

    /** Always the same for the same number: the job of a version that was not confirmed publishes it again. */
    static NewVersion version(RegistryFixture fixture, int number) {
        byte[] artifact = new byte[ARTIFACT_SIZE];
        new Random(number).nextBytes(artifact);
        return new NewVersion(
                MODEL, Task.FORECAST, "job-" + number, artifact, fixture.json.createObjectNode(), Promotion.NEVER);
    }

    // Log lines go the same way: one that the test is to read stands alone.
    private static void say(String line) {
        System.out.println("\n" + line);
        System.out.flush();
    }
}
