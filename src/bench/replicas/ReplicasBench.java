import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.foretide.http.testing.Client;
import io.foretide.testing.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two processes of the service share the jobs of one PostgreSQL, and one of them is disturbed half-way; then one moves aliases
 * that the other follows.
 *
 * <p>Counts from the logs how often each job was begun, and from the database what was published. A job that is begun twice
 * although nobody was disturbed, that publishes twice, or that does not succeed makes the exit code 1.
 *
 * <p>{@code --quick}: few and short jobs. {@code --out}: where the table goes. {@code --about}: a line on where the figures
 * come from, may be repeated.
 */
public final class ReplicasBench {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MODELS = 4;
    static final String TARGET =
            IntStream.range(0, 200).mapToObj(t -> String.valueOf(t % 12 + t % 7)).collect(Collectors.joining(","));

    /** What happens to one process when half of the jobs are done, while it trains. */
    private enum Disturbance {
        NONE("undisturbed"),
        TERM("SIGTERM to one, which ends"),
        KILL("kill -9 of one"),
        STALL("SIGSTOP of one until its job was begun elsewhere, then SIGCONT");

        private final String description;

        Disturbance(String description) {
            this.description = description;
        }
    }

    private record Options(boolean quick, Path out, List<String> about) {
        int jobs() {
            return quick ? 6 : 20;
        }

        int seconds() {
            return quick ? 1 : 3;
        }

        int moves() {
            return quick ? 10 : 50;
        }

        static Options parse(String[] arguments) {
            boolean quick = false;
            Path out = Path.of("target", "bench", "replicas.txt");
            List<String> about = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--out" -> out = Path.of(arguments[++i]);
                    case "--about" -> about.add(arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(quick, out, about);
        }
    }

    /** What became of the jobs of a round. */
    private record Counts(
            int jobs, long succeeded, long versions, long begun, long begunAgain, long publishedTwice, long disturbed) {
        /** Each that was disturbed is one job that may be begun again; nothing else is. */
        boolean asExpected() {
            return succeeded == jobs && versions == jobs && publishedTwice == 0 && begunAgain <= disturbed;
        }
    }

    private ReplicasBench() {}

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        var options = Options.parse(arguments);
        List<String> lines = new ArrayList<>(options.about());
        lines.add("jobs      %d of at least %d s each, %d models, heartbeats as by default"
                .formatted(options.jobs(), options.seconds(), MODELS));
        lines.add("");
        lines.add("%-64s %9s %8s %6s %11s %15s %7s"
                .formatted("round", "succeeded", "versions", "begun", "begun again", "published twice", "seconds"));
        boolean good = true;
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            for (Disturbance disturbance : Disturbance.values()) {
                Instant begin = Instant.now();
                Counts counts = round(server, disturbance, options);
                good &= counts.asExpected();
                lines.add(String.format(
                        Locale.ROOT,
                        "%-64s %9d %8d %6d %11d %15d %7d%s",
                        disturbance.description,
                        counts.succeeded(),
                        counts.versions(),
                        counts.begun(),
                        counts.begunAgain(),
                        counts.publishedTwice(),
                        Duration.between(begin, Instant.now()).toSeconds(),
                        counts.asExpected() ? "" : "  NOT AS EXPECTED"));
                System.out.println(lines.getLast());
            }
            Duration longest = new AliasMoves(server, options.moves()).longest();
            good &= longest.compareTo(AliasMoves.BOUND) <= 0;
            lines.add("");
            lines.add("an alias moved on one replica is followed by the other after at most %d ms, of %d moves; %d are allowed"
                    .formatted(longest.toMillis(), options.moves(), AliasMoves.BOUND.toMillis()));
        }
        System.out.println();
        lines.forEach(System.out::println);
        Files.createDirectories(options.out().toAbsolutePath().getParent());
        Files.write(options.out(), lines);
        System.exit(good ? 0 : 1);
    }

    private static Counts round(EmbeddedPostgres server, Disturbance disturbance, Options options) throws Exception {
        String name = "round_" + disturbance.name().toLowerCase(Locale.ROOT);
        var database = createDatabase(server, name);
        try (var one = launch(server, name);
                var two = launch(server, name)) {
            List<ServiceProcess> processes = List.of(one.awaitReady(), two.awaitReady());
            submit(processes, options);
            if (disturbance != Disturbance.NONE) {
                await(() -> finished(database) >= options.jobs() / 2);
                disturb(disturbance, one, two);
            }
            await(() -> finished(database) == options.jobs());
            // Whoever was stalled wakes up, and may do what it should not.
            await(() -> unfinishedRuns(database) == 0);
            return count(database, processes, disturbance, options);
        }
    }

    static JdbcClient createDatabase(EmbeddedPostgres server, String name) {
        JdbcClient.create(server.getPostgresDatabase()).sql("create database " + name).update();
        return JdbcClient.create(server.getDatabase("postgres", name));
    }

    static ServiceProcess launch(EmbeddedPostgres server, String database) {
        return ServiceProcess.launch(
                "foretide.storage.url=" + server.getJdbcUrl("postgres", database),
                "foretide.storage.username=postgres",
                "foretide.training.queue-capacity=100",
                "foretide.training.poll-interval=200ms");
    }

    private static void submit(List<ServiceProcess> processes, Options options) {
        for (int job = 0; job < options.jobs(); job++) {
            String request = """
                    {"data":{"series":[{"item_id":"a","target":[%s]}]},"forecast":{"horizon":4},"network":{"units":8},
                     "training":{"epochs":100000,"patience":100000,"max_duration":"PT%dS","seed":%d}}"""
                    .formatted(TARGET, options.seconds(), job);
            Client client = processes.get(job % processes.size()).client();
            var answer = client.postJson("/api/v1/models/model-" + job % MODELS + "/train", request);
            if (answer.status() != 202) {
                throw new IllegalStateException("not accepted: " + answer.body());
            }
        }
    }

    private static void disturb(Disturbance disturbance, ServiceProcess one, ServiceProcess other) {
        await(() -> !running(one).isEmpty());
        String job = running(one);
        switch (disturbance) {
            case NONE -> {}
            case TERM -> one.signal("TERM");
            case KILL -> one.signal("KILL");
            case STALL -> {
                one.signal("STOP");
                // It may have been about to end its job: then nobody else begins it.
                Instant end = Instant.now().plusSeconds(120);
                await(() -> other.logged("training started", job) || Instant.now().isAfter(end));
                one.signal("CONT");
            }
        }
    }

    /** The job that a process is running by its log; empty for none. */
    private static String running(ServiceProcess process) {
        List<String> started = ids(process, "training started");
        return started.isEmpty() || process.logged("training succeeded", started.getLast()) ? "" : started.getLast();
    }

    private static List<String> ids(ServiceProcess process, String event) {
        return process.log().stream()
                .filter(line -> line.contains(event))
                .map(line -> line.replaceFirst(".* id=([0-9a-f-]+).*", "$1"))
                .toList();
    }

    private static Counts count(
            JdbcClient database, List<ServiceProcess> processes, Disturbance disturbance, Options options) {
        List<String> begun = processes.stream()
                .flatMap(process -> ids(process, "training started").stream())
                .toList();
        List<String> published = Stream.concat(
                        database.sql("select job_id from model_version").query(String.class).stream(),
                        processes.stream().flatMap(process -> ids(process, "training succeeded").stream()))
                .toList();
        return new Counts(
                options.jobs(),
                count(database, "select count(*) from training_job where state = 'succeeded'"),
                count(database, "select count(*) from model_version"),
                begun.size(),
                moreOftenThan(1, begun),
                // Once in the database and once in a log.
                moreOftenThan(2, published),
                disturbance == Disturbance.NONE ? 0 : 1);
    }

    private static long moreOftenThan(int times, List<String> ids) {
        return ids.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting())).values().stream()
                .filter(count -> count > times)
                .count();
    }

    private static long finished(JdbcClient database) {
        return count(database, "select count(*) from training_job where state not in ('queued', 'running')");
    }

    private static long unfinishedRuns(JdbcClient database) {
        return count(database, "select count(*) from scheduled_tasks");
    }

    private static long count(JdbcClient database, String query) {
        return database.sql(query).query(Long.class).single();
    }

    interface Condition {
        boolean holds();
    }

    static void await(Condition condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("nothing happened for " + PATIENCE);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
