package chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Clients of sessions while processes are killed, drained, stalled and started again, their database is paused and
 * connections are cut; compares all that they were told with an uninterrupted run.
 *
 * <p>{@code --minutes}, {@code --seed}, {@code --database h2|postgres}, {@code --quick}: one minute. {@code --tasks}: sessions of all
 * tasks, which are told what a plan has, instead of forecasts with all that can be done to them. {@code --folder}: where
 * tables, logs and data go. {@code --about}: a line on where the figures come from, may be repeated. All behind {@code --} is
 * the command that starts the service.
 */
public final class ChaosBench {
    private static final int CLIENTS = 6;
    private static final int PATIENCE_SECONDS = 120;
    private static final String MODEL = "chaos";

    private record Options(
            double minutes,
            long seed,
            boolean tasks,
            List<String> databases,
            Path folder,
            List<String> about,
            List<String> command) {
        static Options parse(String[] arguments) {
            double minutes = 10;
            long seed = 1;
            boolean tasks = false;
            List<String> databases = List.of("h2", "postgres");
            Path folder = Path.of("target", "bench", "chaos");
            List<String> about = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--quick" -> minutes = 1;
                    case "--tasks" -> tasks = true;
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--database" -> databases = List.of(arguments[++i]);
                    case "--folder" -> folder = Path.of(arguments[++i]);
                    case "--about" -> about.add(arguments[++i]);
                    case "--" -> {
                        List<String> command = List.of(arguments).subList(i + 1, arguments.length);
                        return new Options(minutes, seed, tasks, databases, folder, about, command);
                    }
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            throw new IllegalArgumentException("behind -- there must be the command that starts the service");
        }
    }

    private ChaosBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(arguments);
        // The table is what this program says; PostgreSQL's library says a lot.
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT")).setLevel(ch.qos.logback.classic.Level.OFF);
        boolean clean = true;
        for (String name : options.databases()) {
            clean &= run(options, name);
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean run(Options options, String name) throws Exception {
        Path folder = Files.createDirectories(options.folder());
        delete(folder.resolve(name));
        List<String> lines = new ArrayList<>(options.about());
        lines.add("database  %s, seed %d, %s minutes, %d clients"
                .formatted(name, options.seed(), options.minutes(), options.tasks() ? Tellers.CLIENTS : CLIENTS));
        lines.add("");
        lines.forEach(System.out::println);
        var tally = new Tally();
        var random = new Random(options.seed());
        List<Replica> replicas = new ArrayList<>();
        try (Database database = open(name, Files.createDirectories(folder.resolve(name)))) {
            for (int i = 1; i <= database.processes(); i++) {
                Path log = folder.resolve("%s-%d.log".formatted(name, i));
                Files.deleteIfExists(log);
                replicas.add(new Replica(options.command(), database, log, random, tally));
            }
            startAll(replicas);
            if (options.tasks()) {
                Tellers.train(replicas.getFirst());
                disturbTasks(options, replicas, database, random, tally);
            } else {
                train(replicas.getFirst());
                disturb(options, replicas, database, random, tally);
            }
        } finally {
            for (Replica replica : replicas) {
                replica.close();
            }
        }
        lines.add(Tally.HEAD);
        lines.add(tally.row());
        System.out.println(Tally.HEAD);
        System.out.println(tally.row());
        Files.write(folder.resolve("%s-%d.txt".formatted(name, options.seed())), lines);
        return tally.clean();
    }

    private static Database open(String name, Path folder) throws IOException {
        return switch (name) {
            case "h2" -> new Database.H2(folder);
            case "postgres" -> Database.Postgres.start(folder);
            default -> throw new IllegalArgumentException("unknown database " + name);
        };
    }

    /** One after the other, as the first makes the tables. */
    private static void startAll(List<Replica> replicas) throws Exception {
        for (Replica replica : replicas) {
            replica.start();
            if (!replica.awaitReady()) {
                throw new IllegalStateException("the service does not start, see its log");
            }
        }
    }

    private static void train(Replica replica) throws Exception {
        var random = new Random(7);
        List<String> series = IntStream.range(0, 8)
                .mapToObj(_ -> {
                    Context context = Context.opening(random);
                    for (int step = 0; step < 150; step++) {
                        context = context.next(random);
                    }
                    return Truth.series(context, context.values());
                })
                .toList();
        replica.train(
                MODEL,
                "{\"forecast\":{\"horizon\":7},\"network\":{\"units\":16},\"training\":{\"epochs\":3},\"data\":{\"series\":[%s]}}"
                        .formatted(String.join(",", series)));
    }

    private static void disturb(Options options, List<Replica> replicas, Database database, Random random, Tally tally)
            throws Exception {
        List<Client> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Client("client" + i, MODEL, replicas, new Random(options.seed() * 1_000 + i), tally))
                .toList();
        clients.forEach(Client::start);
        suffer(options, replicas, database, random, tally);
        replicas.forEach(replica -> replica.proxy().calm());
        await(clients, Client.Phase.SETTLING, Client::isDone, tally);
        killAll(replicas, tally); // what is durable now is all there is after this
        await(clients, Client.Phase.ASKING, Client::isDone, tally);
        for (Client client : clients) {
            client.end();
        }
        System.out.println(tally.row());
        List<Received> all =
                clients.stream().flatMap(client -> client.received().stream()).toList();
        new Truth(replicas.getFirst(), MODEL + ":1", tally).compare(all);
    }

    private static void disturbTasks(
            Options options, List<Replica> replicas, Database database, Random random, Tally tally) throws Exception {
        var tellers = new Tellers(replicas, options.seed(), tally);
        tellers.start();
        suffer(options, replicas, database, random, tally);
        tellers.end();
        killAll(replicas, tally);
        tellers.compare();
    }

    private static void suffer(
            Options options, List<Replica> replicas, Database database, Random random, Tally tally) throws Exception {
        var fate = new Fate(replicas, database, random, tally);
        System.out.println(Tally.HEAD);
        double end = tally.seconds() + 60 * options.minutes(); // starting and training do not count
        while (tally.seconds() < end) {
            Thread.sleep((long) Math.min(30_000, Math.max(1, 1_000 * (end - tally.seconds()))));
            System.out.println(tally.row());
        }
        fate.end();
    }

    private static void killAll(List<Replica> replicas, Tally tally) throws Exception {
        for (Replica replica : replicas) {
            tally.kills.increment();
            replica.kill();
        }
        startAll(replicas);
    }

    private static void await(List<Client> clients, Client.Phase phase, Predicate<Client> done, Tally tally)
            throws InterruptedException {
        clients.forEach(client -> client.enter(phase));
        double end = tally.seconds() + PATIENCE_SECONDS;
        while (!clients.stream().allMatch(done) && tally.seconds() < end) {
            Thread.sleep(100);
        }
        clients.stream().filter(done.negate()).forEach(client -> tally.other("stuck", client.describe()));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
