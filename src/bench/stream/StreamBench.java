package stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Each row is measured by itself, and kept; what is there already is not measured again. */
public final class StreamBench {
    static final String HOURS = "hours";
    private static final String MONTHS = "months", THREE = "three";

    private final Path out;
    private final boolean quick;
    private final double minutes;
    private final Pattern wanted;
    private final List<String> about;

    private StreamBench(Map<String, String> options, List<String> about) {
        this.out = Path.of(options.getOrDefault("out", "target/bench/stream.jsonl"));
        this.quick = options.containsKey("quick");
        this.minutes = Double.parseDouble(options.getOrDefault("minutes", quick ? "0.5" : "30"));
        this.wanted = Pattern.compile(options.getOrDefault("rows", ""));
        this.about = about;
    }

    private interface Row {
        String measure() throws IOException, InterruptedException;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> about = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick", "--table" -> options.put(arguments[i].substring(2), "");
                case "--about" -> about.add(arguments[++i]);
                default -> options.put(arguments[i].substring(2), arguments[++i]);
            }
        }
        var bench = new StreamBench(options, about);
        if (!options.containsKey("table")) {
            bench.run();
        }
        bench.print();
    }

    private void run() throws Exception {
        Files.createDirectories(out.toAbsolutePath().getParent());
        for (int horizon : new int[] {1, 24}) {
            for (int inFlight : new int[] {1, 32}) {
                row("observe h%d x%d".formatted(horizon, inFlight), () -> single(horizon, inFlight));
            }
        }
        row("observe.many", () -> many(false));
        row("observe.many without a journal", () -> many(true));
        row("round trip", () -> roundTrip(false));
        row("round trip beside a training", () -> roundTrip(true));
        row("memory months", () -> memory(MONTHS, "M", 12, 1, quick ? 20_000 : 100_000));
        row("memory months, 3 members", () -> memory(THREE, "M", 12, 3, quick ? 10_000 : 50_000));
        row("memory hours", () -> memory(HOURS, "h", 24, 1, quick ? 5_000 : 20_000));
        row("a million sessions", () -> million(quick ? 20_000 : 1_000_000));
        row("disk", this::disk);
    }

    private void row(String name, Row row) throws Exception {
        if (!wanted.matcher(name).find() || (Files.exists(out) && Files.readString(out).contains("\"" + name + "\""))) {
            return;
        }
        String result = row.measure();
        String line = "{\"row\":\"%s\",\"result\":\"%s\",\"about\":\"%s\"}%n"
                .formatted(name, result, String.join("; ", about).replaceAll(" +", " "));
        Files.writeString(out, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(name + ": " + result);
    }

    private void print() throws IOException {
        about.forEach(System.out::println);
        System.out.println();
        System.out.println("| | |");
        System.out.println("| --- | --- |");
        for (String line : Files.readAllLines(out)) {
            String[] parts = line.split("\"");
            System.out.println("| " + parts[3] + " | " + parts[7] + " |");
        }
    }

    /** Single observations beside a bare handler that takes and gives frames of the same sizes, by turns. */
    private String single(int horizon, int inFlight) throws IOException, InterruptedException {
        try (var service = new Service()) {
            service.train(MONTHS, "M", 12, 1);
            List<Load.Client> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(new Load.Client(service, "c" + i, MONTHS, horizon));
            }
            Load.observe(clients, inFlight, quick ? 2 : 5);
            Load.Client any = clients.getFirst();
            byte[] request = any.next();
            any.socket.put(request);
            any.socket.flush();
            int answer = any.socket.skip();
            List<Socket> echoes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                echoes.add(new Socket(service.port, "/echo/" + answer));
            }
            Load.echo(echoes, request, inFlight, quick ? 2 : 5);
            int rounds = quick ? 3 : 8;
            double[] ours = new double[rounds], bare = new double[rounds];
            double oursUsed = 0, bareUsed = 0;
            for (int round = 0; round < rounds; round++) {
                double before = service.processor();
                ours[round] = Load.observe(clients, inFlight, 2);
                double between = service.processor();
                bare[round] = Load.echo(echoes, request, inFlight, 2);
                oursUsed += between - before;
                bareUsed += service.processor() - between;
            }
            return "%,.0f a second, bare handler %,.0f with %d → %d bytes: %.2f (medians %.2f); cores of the service %.2f and %.2f"
                    .formatted(
                            best(ours), best(bare), request.length, answer, best(ours) / best(bare), median(ours) / median(bare),
                            oursUsed / rounds / 2,
                            bareUsed / rounds / 2);
        }
    }

    private static double best(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    /** Frames of a thousand observations over all sessions of four connections. */
    private String many(boolean withoutJournal) throws IOException, InterruptedException {
        String[] properties = withoutJournal ? new String[] {"--bench.journal=none"} : new String[0];
        int each = quick ? 5_000 : 25_000;
        try (var service = new Service(properties)) {
            service.train(MONTHS, "M", 12, 1);
            List<Load.Fleet> fleets = fleets(service, each);
            Load.observeMany(fleets, quick ? 4 : 10);
            double processor = service.processor();
            double[] rates = new double[quick ? 3 : 5];
            for (int round = 0; round < rates.length; round++) {
                rates[round] = Load.observeMany(fleets, quick ? 2 : 5);
            }
            double used = (service.processor() - processor) / (rates.length * (quick ? 2 : 5));
            return "%,.0f observations a second over %,d sessions (median %,.0f), %.2f cores of the service, %.0f MB of database"
                    .formatted(best(rates), 4 * each, median(rates), used, service.disk() / 1e6);
        }
    }

    private static List<Load.Fleet> fleets(Service service, int each) throws IOException {
        List<Load.Fleet> fleets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            fleets.add(new Load.Fleet(service, "f" + i + "-", each, MONTHS));
        }
        return fleets;
    }

    private String roundTrip(boolean training) throws IOException, InterruptedException {
        try (var service = new Service()) {
            service.train(MONTHS, "M", 12, 1);
            List<Load.Client> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                clients.add(new Load.Client(service, "c" + i, MONTHS, 1));
            }
            Load.roundTrips(clients, 5000, quick ? 2 : 10);
            if (training) {
                var body = new StringBuilder("{\"forecast\":{\"horizon\":24},\"training\":{\"epochs\":1000,\"patience\":1000},\"data\":{\"series\":[");
                for (int series = 0; series < 200; series++) {
                    body.append(series == 0 ? "" : ",").append("{\"item_id\":\"s" + series + "\",\"start\":\"2000-01-01\",\"freq\":\"M\",\"target\":[");
                    for (int i = 0; i < 200; i++) {
                        body.append(i == 0 ? "" : ",").append(Service.value(series, i, 12));
                    }
                    body.append("]}");
                }
                service.start("busy", body.append("]}}").toString());
                Thread.sleep(5000);
            }
            long[] trips = Load.roundTrips(clients, 5000, quick ? 5 : 30);
            return "5,000 a second over 200 connections: p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms"
                    .formatted(at(trips, 0.5), at(trips, 0.99), at(trips, 0.999));
        }
    }

    private static double at(long[] ascending, double share) {
        return ascending[(int) (share * (ascending.length - 1))] / 1e6;
    }

    /** What a session adds to the heap, its observations walked and durable. */
    private String memory(String model, String frequency, int season, int members, int sessions)
            throws IOException, InterruptedException {
        try (var service = new Service("--foretide.sessions.max-live=" + sessions, "--foretide.sessions.idle-time=1h")) {
            service.train(model, frequency, season, members);
            try (var first = new Load.Fleet(service, "first", 1000, model)) {
                Load.observeMany(List.of(first), 2);
                long before = service.liveHeap();
                try (var fleet = new Load.Fleet(service, "s", sessions - 1000, model)) {
                    for (int round = 0; round < 3; round++) {
                        Load.observeMany(List.of(fleet), 1 + sessions / 50_000.0);
                    }
                    Thread.sleep(3000);
                    double live = service.meter("foretide_sessions_active") - 1000;
                    long after = service.liveHeap();
                    return "%,.0f bytes of heap a session, of %,.0f live".formatted((after - before) / live, live);
                }
            }
        }
    }

    private String million(int sessions) throws IOException, InterruptedException {
        int live = sessions / 10;
        try (var service = new Service("--foretide.sessions.max-live=" + live, "--foretide.sessions.max-per-connection=10000000")) {
            service.train(MONTHS, "M", 12, 1);
            long before = service.liveHeap();
            long start = System.nanoTime();
            List<Load.Fleet> fleets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                fleets.add(new Load.Fleet(service, "f" + i + "-", sessions / 10, MONTHS));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Thread.sleep(10_000);
            double active = service.meter("foretide_sessions_active");
            String opened = "%,d sessions opened in %.0f s, %,.0f of them in memory, %.0f MB of heap for all, %.0f MB of database"
                    .formatted(sessions, seconds, active, (service.liveHeap() - before) / 1e6, service.disk() / 1e6);
            double rate = Load.observeMany(fleets.subList(0, 1), 5);
            return opened + "; the oldest come back while %,.0f observations a second are made".formatted(rate);
        }
    }

    /** How far the database grows under observe.many. */
    private String disk() throws IOException, InterruptedException {
        try (var service = new Service()) {
            service.train(MONTHS, "M", 12, 1);
            List<Load.Fleet> fleets = fleets(service, quick ? 5_000 : 25_000);
            var sizes = new StringBuilder();
            double total = 0;
            int steps = 6;
            for (int step = 0; step < steps; step++) {
                double seconds = minutes * 60 / steps;
                total += seconds * Load.observeMany(fleets, seconds);
                sizes.append(step == 0 ? "" : ", ").append("%.0f".formatted(service.disk() / 1e6));
            }
            return "%,.0f observations in %.1f min; MB of database after each sixth: %s".formatted(total, minutes, sizes);
        }
    }
}
