package io.foretide.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.foretide.ForetideApplication;
import io.foretide.http.testing.Client;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole service in a process of its own, which may be stopped, stalled or killed. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    /** It starts sooner with these, and computes little: plain loops, as vectors need the compiler's other half. */
    private static final List<String> SMALL =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Dio.foretide.kernel.bits=0");

    private static final Pattern READY = Pattern.compile("foretide ready .*address=http://[^ ]*:(\\d+)");

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();

    private ServiceProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts on the class path and with the flags of the tests, on a free port, without waiting until it is ready. */
    public static ServiceProcess launch(String... properties) {
        return launch(SMALL, List.of(properties));
    }

    /** As {@link #launch(String...)}, with other flags beside those of the service. */
    public static ServiceProcess launch(List<String> flags, List<String> properties) {
        return launch(System.getProperty("java.class.path"), flags, properties);
    }

    /** As {@link #launch(String...)}, on the class path of the tests less every library whose path holds one of the words. */
    public static ServiceProcess launchWithout(List<String> words, String... properties) {
        String rest = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(library -> words.stream().noneMatch(library::contains))
                .collect(Collectors.joining(File.pathSeparator));
        return launch(rest, SMALL, List.of(properties));
    }

    private static ServiceProcess launch(String classPath, List<String> flags, List<String> properties) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@src/main/jvm/java.args"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, ForetideApplication.class.getName(), "--server.port=0"));
        properties.stream().map("--"::concat).forEach(command::add);
        try {
            return new ServiceProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.add(line);
            }
        } catch (IOException e) {
            log.add("the output of the process broke off: " + e);
        }
    }

    public ServiceProcess awaitReady() {
        await().atMost(START).until(() -> !process.isAlive() || logged(READY).isPresent());
        if (!process.isAlive()) {
            throw new AssertionError("the service did not start:\n" + String.join("\n", log));
        }
        return this;
    }

    private Optional<String> logged(Pattern pattern) {
        return log.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(found.groupCount()))
                .findFirst();
    }

    public int port() {
        return Integer.parseInt(logged(READY).orElseThrow());
    }

    public Client client() {
        return new Client(port());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether a line of the log has all of the words. */
    public boolean logged(String... words) {
        return times(words) > 0;
    }

    /** How many lines of the log have all of the words. */
    public long times(String... words) {
        return log.stream()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .count();
    }

    public List<String> log() {
        return log;
    }

    /** Sends a signal, such as TERM, STOP, CONT or KILL. */
    public void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The exit code of the process, which must end within the time. */
    public int awaitExit(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the service did not end within " + time + ":\n" + String.join("\n", log));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
