import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.LoggerFactory;

/**
 * Kills the service over and over while clients change things, and counts what a crash has broken.
 *
 * <p>The clients train, cancel, move aliases, import and delete, and remember each answer. A kill is SIGKILL at a moment
 * drawn from the seed: any, or while something is published, imported or moved, or during the start after another kill.
 * On PostgreSQL it hits the service, the server or both. Then everything confirmed must hold, and nothing be half-done.
 *
 * <p>{@code --rounds}, {@code --seed}, {@code --database h2|postgres}, {@code --quick}: three rounds. {@code --folder}: where
 * rows, logs and data go. {@code --about}: a line on where the figures come from, may be repeated. All behind {@code --} is
 * the command that starts the service. A run that was ended goes on after its last row.
 */
public final class CrashBench {
    private static final int QUICK_ROUNDS = 3;

    private record Options(
            int rounds, long seed, List<String> databases, Path folder, List<String> about, List<String> command) {
        static Options parse(String[] arguments) {
            int rounds = 20;
            long seed = 1;
            List<String> databases = List.of("h2", "postgres");
            Path folder = Path.of("target", "bench", "crash");
            List<String> about = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--quick" -> rounds = QUICK_ROUNDS;
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--database" -> databases = List.of(arguments[++i]);
                    case "--folder" -> folder = Path.of(arguments[++i]);
                    case "--about" -> about.add(arguments[++i]);
                    case "--" -> {
                        List<String> command = List.of(arguments).subList(i + 1, arguments.length);
                        return new Options(rounds, seed, databases, folder, about, command);
                    }
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            throw new IllegalArgumentException("behind -- there must be the command that starts the service");
        }
    }

    /** What the rounds of one database have found so far. A row of the file is enough to count on. */
    private static final class Tally {
        final Map<Journal.Wrong, Integer> counts = new EnumMap<>(Journal.Wrong.class);
        int rounds;
        int kills;
        int confirmed;
        int versions;
        int resumed;

        void add(String row) {
            String[] cells = row.substring(row.indexOf('|') + 1).strip().split(" +");
            rounds++;
            kills += Integer.parseInt(cells[0]);
            confirmed += Integer.parseInt(cells[1]);
            versions += Integer.parseInt(cells[2]);
            resumed += Integer.parseInt(cells[3]);
            for (Journal.Wrong wrong : Journal.Wrong.values()) {
                counts.merge(wrong, Integer.parseInt(cells[4 + wrong.ordinal()]), Integer::sum);
            }
        }

        boolean clean() {
            return counts.values().stream().allMatch(count -> count == 0);
        }
    }

    private CrashBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(arguments);
        // The table is what this program says; PostgreSQL's library says a lot.
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT")).setLevel(ch.qos.logback.classic.Level.OFF);
        Files.createDirectories(options.folder());
        boolean clean = true;
        for (String database : options.databases()) {
            clean &= run(options, database);
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean run(Options options, String database) throws Exception {
        Path out = options.folder().resolve(database + "-" + options.seed() + ".txt");
        List<String> head = new ArrayList<>(options.about());
        head.add("database  %s, seed %d".formatted(database, options.seed()));
        head.add("%5s  %-8s  %-14s  %7s  %-52s | kills confirmed versions resumed, then a column for each line below"
                .formatted("round", "killed", "during", "ready s", "in flight"));
        var tally = new Tally();
        for (String row : continued(out, head)) {
            tally.add(row);
        }
        if (tally.rounds == 0) {
            Files.write(out, head);
        }
        head.forEach(System.out::println);
        Path data = options.folder().resolve(database);
        Store.deleteRecursively(data);
        Files.createDirectories(data);
        if (tally.rounds < options.rounds()) {
            try (Store store = open(database, data);
                    var rounds = new Rounds(store, options.command(), options.folder().resolve(database + ".log"))) {
                rounds.prepare(new Random(options.seed()));
                for (int round = tally.rounds + 1; round <= options.rounds(); round++) {
                    List<String> lines = rounds.run(round, new Random(options.seed() * 1_000_003 + round));
                    lines.forEach(System.out::println);
                    append(out, lines);
                    tally.add(lines.getFirst());
                }
            }
        }
        List<String> summary = summary(tally);
        summary.forEach(System.out::println);
        append(out, summary);
        return tally.clean();
    }

    private static Store open(String database, Path data) throws IOException {
        return switch (database) {
            case "h2" -> new Store.H2(data.resolve("files").toAbsolutePath());
            case "postgres" -> new PostgresServer(data.resolve("server").toAbsolutePath());
            default -> throw new IllegalArgumentException("the database is h2 or postgres, was " + database);
        };
    }

    /** The rows of an earlier run under the same heading that was ended before its summary. */
    private static List<String> continued(Path out, List<String> head) throws IOException {
        if (!Files.exists(out)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(out);
        boolean same = lines.size() >= head.size() && lines.subList(0, head.size()).equals(head);
        if (!same || lines.stream().anyMatch(line -> line.startsWith("rounds "))) {
            return List.of();
        }
        return lines.subList(head.size(), lines.size()).stream()
                .filter(line -> line.matches(" *[0-9]+  .*"))
                .toList();
    }

    private static List<String> summary(Tally tally) {
        var lines = new ArrayList<String>();
        lines.add("rounds %d, kills %d, confirmed changes %d, versions fetched and asked %d, jobs begun again %d"
                .formatted(tally.rounds, tally.kills, tally.confirmed, tally.versions, tally.resumed));
        for (Journal.Wrong wrong : Journal.Wrong.values()) {
            lines.add("%-32s %d".formatted(wrong.title, tally.counts.getOrDefault(wrong, 0)));
        }
        return lines;
    }

    private static void append(Path out, List<String> lines) throws IOException {
        Files.write(out, lines, StandardOpenOption.APPEND);
    }
}
