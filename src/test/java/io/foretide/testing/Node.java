package io.foretide.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs tests of {@code src/test/js}, where there is Node and its packages can be had. */
public final class Node {
    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path FOLDER = Path.of("target/js");
    private static final String LOCK = "package-lock.json";

    private record Outcome(int status, String output) {}

    private Node() {}

    /** Fails unless a file of tests passes; skips where it cannot be run. */
    public static void passes(String file, Map<String, String> environment) {
        try {
            assumeTrue(run(List.of("node", "--version"), Map.of()).status() == 0, "there is no node");
            copySources();
            assumeTrue(hasPackages(), "packages cannot be had: npm ci in " + FOLDER);

            String test = FOLDER.resolve(file).toString();
            Outcome tests = run(List.of("node", "--test", "--test-reporter=tap", test), environment);

            assertThat(tests.status()).as(tests.output()).isZero();
            assertThat(tests.output()).contains("# fail 0").doesNotContain("# pass 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copySources() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean hasPackages() throws IOException, InterruptedException {
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        boolean isFresh = Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(SOURCES.resolve(LOCK)))
                        >= 0;
        List<String> install =
                List.of("npm", "ci", "--prefix", FOLDER.toString(), "--ignore-scripts", "--no-audit", "--no-fund");
        return isFresh || run(install, Map.of()).status() == 0;
    }

    private static Outcome run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException missing) {
            return new Outcome(127, String.valueOf(missing.getMessage()));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
