import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Trains one job after the other in a service, asks each version for a forecast, and deletes it. So nothing is kept, and what
 * grows is a leak.
 */
final class TrainingSoak {
    private static final int SAMPLES = 60;
    private static final double MIB = 1 << 20;

    private TrainingSoak() {}

    static Table run(SoakBench.Options options) throws Exception {
        try (var service = Service.start()) {
            List<String> cells = new ArrayList<>();
            List<String> about = new ArrayList<>(options.about());
            for (String cell : List.of("lstm", "rnn", "gru")) {
                Service.Answer first = service.train("soak-" + cell, cell, 32);
                if (first.status() == 422 || first.status() == 400) {
                    about.add("left out  " + cell + ": " + first.member("detail"));
                } else {
                    cells.add(cell);
                    useAndDelete(service, cell, first);
                }
            }
            about.add("jobs      of " + String.join(", ", cells) + " in turn for " + options.minutes()
                    + " minutes: 8 series of 200 values, 32 units, 20 epochs");
            return soak(service, cells, new Table(about, columns()), options.minutes());
        }
    }

    private static List<Table.Column> columns() {
        return List.of(
                new Table.Column("minutes", Double.POSITIVE_INFINITY),
                new Table.Column("jobs", Double.POSITIVE_INFINITY),
                new Table.Column("live heap, MiB", 2),
                new Table.Column("non-heap, MiB", 4),
                new Table.Column("resident, MiB", 16),
                new Table.Column("arrays, MiB", 0.5),
                new Table.Column("threads", 4),
                new Table.Column("open files", 4));
    }

    private static Table soak(Service service, List<String> cells, Table table, double minutes) throws Exception {
        long begin = System.nanoTime();
        double last = 0;
        for (int jobs = 0; last < minutes; ) {
            String cell = cells.get(jobs % cells.size());
            useAndDelete(service, cell, service.train("soak-" + cell, cell, 32));
            jobs++;
            double now = (System.nanoTime() - begin) / 60e9;
            if (now - last >= minutes / SAMPLES) {
                last = now;
                sample(service, table, now, jobs);
            }
        }
        return table;
    }

    private static void useAndDelete(Service service, String cell, Service.Answer job) throws Exception {
        if (job.status() != 200 || !job.member("state").equals("succeeded")) {
            throw new IllegalStateException("training failed: " + job.text());
        }
        String version = number(job.text(), "\"version\":\\s*(\\d+)");
        String model = "/api/v1/models/soak-" + cell;
        var forecast = service.post(model + ":" + version + "/predict", "{\"series\":" + Service.series() + "}");
        var deleted = service.delete(model + "/versions/" + version);
        if (forecast.status() != 200 || deleted.status() / 100 != 2) {
            throw new IllegalStateException(forecast.text() + "\n" + deleted.text());
        }
    }

    private static void sample(Service service, Table table, double minutes, int jobs) throws Exception {
        collectGarbage(service.pid());
        String meters = service.get("/actuator/prometheus").text();
        table.add(
                minutes,
                jobs,
                sum(meters, "jvm_memory_used_bytes\\{area=\"heap\"[^}]*\\}") / MIB,
                sum(meters, "jvm_memory_used_bytes\\{area=\"nonheap\"[^}]*\\}") / MIB,
                sum(meters, "foretide_resident_memory_bytes") / MIB,
                sum(meters, "foretide_native_memory_bytes") / MIB,
                sum(meters, "jvm_threads_live_threads"),
                sum(meters, "process_files_open_files"));
    }

    private static void collectGarbage(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int status = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("jcmd ended with " + status);
        }
    }

    private static double sum(String meters, String pattern) {
        return Pattern.compile("^" + pattern + " (\\S+)$", Pattern.MULTILINE)
                .matcher(meters)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static String number(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
