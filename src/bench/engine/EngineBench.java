package engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Our kernels beside other libraries, each in a process of its own. For a row, all of them prepare; then they take turns,
 * one at a time, for some rounds, so that whatever else the machine does disturbs all alike. A row that is in the file of
 * results already is left out.
 */
public final class EngineBench {
    /**
     * @param warmUp milliseconds before the first round
     * @param turn milliseconds of one measurement
     * @param budget seconds after which a slow contender takes part in no further round of a row
     */
    private record Patience(int rounds, int warmUp, int turn, double budget) {
        static final Patience QUICK = new Patience(5, 1000, 60, 3);
        static final Patience LONG = new Patience(7, 1000, 80, 6);
    }

    private record Options(boolean quick, boolean table, Pattern rows, Path out, Map<String, String> about) {
        static Options parse(String[] arguments) {
            boolean quick = false, table = false;
            Pattern rows = Pattern.compile("");
            Path out = Path.of("target", "bench", "engine.jsonl");
            Map<String, String> about = new LinkedHashMap<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--table" -> table = true;
                    case "--rows" -> rows = Pattern.compile(arguments[++i]);
                    case "--out" -> out = Path.of(arguments[++i]);
                    case "--about" -> about.put(arguments[++i], arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(quick, table, rows, out, about);
        }

        Patience patience() {
            return quick ? Patience.QUICK : Patience.LONG;
        }
    }

    private final Options options;
    private final Rival.Places places;
    private final Map<Rival.Kind, Rival> rivals = new EnumMap<>(Rival.Kind.class);

    private EngineBench(Options options, Rival.Places places) {
        this.options = options;
        this.places = places;
    }

    public static void main(String[] arguments) throws IOException {
        var options = Options.parse(arguments);
        if (!options.table()) {
            var places = new Rival.Places(
                    ProcessHandle.current().info().command().orElseThrow(),
                    System.getProperty("arguments"),
                    System.getProperty("java.class.path"),
                    System.getProperty("peers"),
                    Path.of("target", "bench", "engine", "logs"));
            new EngineBench(options, places).run();
        }
        Map<String, Result> results = Result.read(options.out());
        List<Result> shown = Row.grid().stream()
                .filter(row -> results.containsKey(row.toString()) && matches(options, row))
                .map(row -> results.get(row.toString()))
                .toList();
        System.out.print(Table.of(shown));
    }

    private static boolean matches(Options options, Row row) {
        return (row.quick() || !options.quick()) && options.rows().matcher(row.toString()).find();
    }

    private void run() throws IOException {
        Files.createDirectories(options.out().toAbsolutePath().getParent());
        var done = Result.read(options.out()).keySet();
        List<Row> rows = Row.grid().stream()
                .filter(row -> matches(options, row) && !done.contains(row.toString()))
                .toList();
        try {
            for (int i = 0; i < rows.size(); i++) {
                System.err.printf("%d of %d: %s%n", i + 1, rows.size(), rows.get(i));
                Result result = measure(rows.get(i));
                result.append(options.out());
            }
        } finally {
            rivals.values().forEach(Rival::close);
        }
    }

    private Result measure(Row row) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Map<Rival.Kind, List<Rival.Turn>> turns = new EnumMap<>(Rival.Kind.class);
        Map<Rival.Kind, Double> expected = new EnumMap<>(Rival.Kind.class);
        for (Rival.Kind kind : Rival.Kind.of(row)) {
            attempt(kind, rival -> {
                OptionalDouble once = rival.prepare(options.patience().warmUp(), row);
                if (once.isPresent()) {
                    expected.put(kind, once.getAsDouble());
                    turns.put(kind, new ArrayList<>());
                }
            });
        }
        for (int round = 0; round < options.patience().rounds(); round++) {
            for (Rival.Kind kind : List.copyOf(turns.keySet())) {
                List<Rival.Turn> sofar = turns.get(kind);
                if (sofar.isEmpty() || (sofar.size() + 1) * expected.get(kind) < options.patience().budget()) {
                    attempt(kind, rival -> sofar.add(rival.measure(options.patience().turn())));
                }
            }
        }
        Map<Rival.Kind, Result.Times> times = new EnumMap<>(Rival.Kind.class);
        turns.forEach((kind, each) -> {
            if (!each.isEmpty()) {
                attempt(kind, Rival::release);
                times.put(kind, Result.Times.of(each));
            }
        });
        return new Result(row.toString(), times, load, options.about());
    }

    private interface Request {
        void to(Rival rival) throws IOException;
    }

    /** A contender that dies, for want of memory perhaps, leaves its place in the row empty and starts anew. */
    private void attempt(Rival.Kind kind, Request request) {
        try {
            if (!rivals.containsKey(kind)) {
                rivals.put(kind, new Rival(kind, places));
            }
            request.to(rivals.get(kind));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            Rival dead = rivals.remove(kind);
            if (dead != null) {
                dead.close();
            }
        }
    }
}
