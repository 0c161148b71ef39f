package io.foretide.fuzz;

import io.foretide.testing.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Fires bad requests at a service of its own and says what they did to it; see {@code src/bench/README.md}.
 *
 * <p>Ends with 1 where an answer, the log or what the service holds afterwards is not as it should be.
 */
final class FuzzBench {
    private static final int CLIENTS = 16;
    private static final List<String> FLAGS = List.of("-XX:NativeMemoryTracking=summary");

    /** Shorter waits than usual, so that requests that stop are over soon; no limit is raised, and few trainings wait. */
    private static final List<String> PROPERTIES = List.of(
            "server.tomcat.connection-timeout=5s",
            "server.tomcat.keep-alive-timeout=2s",
            "foretide.training.timeout=20s",
            "foretide.training.queue-capacity=4");

    /** Lines of the log that should not be there. */
    private static final Pattern SUSPICIOUS =
            Pattern.compile("^\\s+at \\S+\\(|^Caused by|Exception|\\bERROR\\b|OutOfMemory");

    private FuzzBench() {}

    public static void main(String... arguments) throws Exception {
        List<String> options = List.of(arguments);
        int requests = Integer.parseInt(option(options, "--requests", options.contains("--quick") ? "1000" : "12000"));
        long seed = Long.parseLong(option(options, "--seed", "1"));
        String only = option(options, "--only", "");
        boolean clean;
        Path folder = Files.createTempDirectory("foretide-fuzz");
        List<String> properties = new ArrayList<>(PROPERTIES);
        properties.add("foretide.storage.path=" + folder.resolve("data"));
        try (ServiceProcess service = ServiceProcess.launch(FLAGS, properties).awaitReady();
                World world = new World(service.port())) {
            world.restore();
            Fuzzer fuzzer = new Fuzzer(world);
            Wire wire = new Wire(service.port());
            if (!only.isEmpty()) {
                show(fuzzer.shot(Long.parseLong(only)), wire);
                return;
            }
            Tally tally = new Tally();
            Campaign campaign = new Campaign(fuzzer, world, wire, tally);
            campaign.fireValid();
            Footprint start = calm(service, world);
            campaign.fire(seed, seed + requests / 2, CLIENTS);
            Footprint half = calm(service, world);
            campaign.fire(seed + requests / 2, seed + requests, CLIENTS);
            Footprint end = calm(service, world);
            Map<String, Integer> crowd = new Crowd(service.port()).send(16, 180);
            System.out.println("16 bodies of 180 MB at once: " + crowd);
            System.out.println(tally.requests() + " requests\n\n" + tally.report());
            System.out.printf("%n%-14s%s%n", "holds", Footprint.COLUMNS);
            System.out.printf("%-14s%s%n%-14s%s%n%-14s%s%n", "at the start", start, "at half", half, "at the end", end);
            System.out.printf("%-14s%s%n%n", "since half", end.minus(half));
            clean = report(tally, service, end.minus(half));
        }
        System.exit(clean ? 0 : 1);
    }

    private static String option(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : options.get(at + 1);
    }

    private static void show(Shot shot, Wire wire) throws Exception {
        Wire.Reply reply = wire.send(shot);
        byte[] bytes = shot.bytes();
        System.out.println(shot + ", " + shot.delivery() + ", " + bytes.length + " bytes\n");
        System.out.println(new String(bytes, 0, Math.min(4_000, bytes.length), StandardCharsets.UTF_8));
        System.out.println("\n-> " + reply + "\n-> " + Examiner.flaws(shot, reply));
    }

    /** What the service holds once trainings have ended and idle threads and connections are gone. */
    private static Footprint calm(ServiceProcess service, World world) throws Exception {
        world.restore();
        TimeUnit.SECONDS.sleep(70); // the web server ends threads that were idle for a minute
        return Footprint.of(service.pid());
    }

    /** Judges by what was added in the second half: in the first one caches fill and pools grow. */
    private static boolean report(Tally tally, ServiceProcess service, Footprint added) {
        List<String> complaints = new ArrayList<>();
        tally.flaws().forEach(flaw -> complaints.add(flaw.toString()));
        service.log().stream()
                .filter(line -> SUSPICIOUS.matcher(line).find())
                .limit(100)
                .forEach(line -> complaints.add("log: " + line));
        tally.neverSucceeded().forEach(operation -> complaints.add("never succeeded: " + operation));
        require(service.isAlive(), "the service has ended", complaints);
        require(added.heap() < 20 << 20, "the heap has grown", complaints);
        require(added.outside() < 40 << 20, "memory outside the heap has grown", complaints);
        require(added.resident() < 64 << 20, "resident memory has grown", complaints);
        require(added.files() <= 5, "file handles are left open", complaints);
        require(added.threads() <= 5, "threads are left", complaints);
        System.out.println("complaints    " + complaints.size());
        complaints.stream().limit(200).forEach(System.out::println);
        return complaints.isEmpty();
    }

    private static void require(boolean holds, String otherwise, List<String> complaints) {
        if (!holds) {
            complaints.add(otherwise);
        }
    }
}
