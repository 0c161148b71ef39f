import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One kill after the other on one database, with what clients did before it and what is there after it. */
final class Rounds implements AutoCloseable {
    private static final int FIRST_KILLS = 2;
    private static final int MOST_WAIT_FOR_MOMENT_MILLIS = 30_000;

    private final Store store;
    private final List<String> command;
    private final Path log;
    private final Journal journal = new Journal();
    private final Samples samples = new Samples();
    private ServiceProcess service;
    private int confirmedBefore;
    private double secondsToReady = 8;

    /** What dies. */
    private enum Target {
        SERVICE,
        DATABASE,
        BOTH
    }

    /** When it dies. */
    private enum Moment {
        ANY,
        PUBLISHING,
        IMPORTING,
        MOVING_ALIAS,
        STARTING
    }

    private record Plan(Target target, Moment moment, int delayMillis) {
        static Plan draw(Random random, Store store, Samples samples) {
            Moment moment;
            do {
                moment = Moment.values()[random.nextInt(Moment.values().length)];
            } while (moment == Moment.IMPORTING && !samples.importIsThere());
            Target target =
                    switch (store) {
                        case Store.H2 _ -> Target.SERVICE;
                        case PostgresServer _ -> List.of(
                                        Target.SERVICE, Target.SERVICE, Target.SERVICE, Target.BOTH, Target.DATABASE)
                                .get(random.nextInt(5));
                    };
            if (moment == Moment.STARTING && target == Target.DATABASE) {
                target = Target.BOTH;
            }
            return new Plan(target, moment, random.nextInt(moment == Moment.ANY ? 6000 : 60));
        }

        @Override
        public String toString() {
            return "%-8s  %-14s".formatted(lower(target), lower(moment));
        }

        private static String lower(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    Rounds(Store store, List<String> command, Path log) {
        this.store = store;
        this.command = command;
        this.log = log;
    }

    /** Starts the service, also after kills of its very first start, and trains what the clients will point aliases to. */
    void prepare(Random random) throws IOException, InterruptedException {
        for (int kills = 0; kills < FIRST_KILLS; kills++) {
            killWhileStarting(random);
        }
        secondsToReady = start();
        samples.prepare(service.api(), journal);
        for (String name : List.of("left", "right", "stable")) {
            journal.aliases.add(new Journal.Alias(Samples.BASE, name));
        }
        confirmedBefore = journal.confirmed();
        journal.takeInFlight();
    }

    private double start() throws IOException, InterruptedException {
        service = ServiceProcess.start(command, store, log);
        return service.awaitReady();
    }

    /** A row of the table, and a line for each finding. */
    List<String> run(int round, Random random) throws IOException, InterruptedException {
        Plan plan = Plan.draw(random, store, samples);
        var clients = new Clients(service.api(), journal, samples, random.nextLong());
        clients.start();
        await(plan);
        String inFlight;
        double ready;
        int kills = 1;
        if (plan.target() == Target.DATABASE) {
            inFlight = interruptDatabase(random);
            ready = untilReady();
            clients.stop();
            Inspection.run(store, journal);
        } else {
            inFlight = kill(plan.target());
            clients.stop();
            Inspection.run(store, journal);
            if (plan.moment() == Moment.STARTING) {
                killWhileStarting(random);
                kills++;
                Inspection.run(store, journal);
            }
            ready = start();
            secondsToReady = ready;
        }
        journal.takeInFlight();
        Verification.Outcome outcome = new Verification(service.api(), journal, samples).run(random);
        return row("%5d  %s  %7.1f  %-52s".formatted(round, plan, ready, inFlight), kills, outcome);
    }

    private List<String> row(String beginning, int kills, Verification.Outcome outcome) {
        List<Journal.Finding> findings = journal.takeFindings();
        int confirmed = journal.confirmed() - confirmedBefore;
        confirmedBefore = journal.confirmed();
        String counts = Stream.concat(
                        Stream.of(kills, confirmed, outcome.versions(), outcome.resumed()),
                        Stream.of(Journal.Wrong.values())
                                .map(wrong -> (int) findings.stream()
                                        .filter(finding -> finding.wrong() == wrong)
                                        .count()))
                .map(count -> "%4d".formatted(count))
                .collect(Collectors.joining(" "));
        var lines = new ArrayList<String>();
        lines.add(beginning + " | " + counts);
        findings.forEach(finding -> lines.add("       " + finding.wrong() + ": " + finding.what()));
        return lines;
    }

    private void await(Plan plan) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MOST_WAIT_FOR_MOMENT_MILLIS * 1_000_000L;
        // Everything has begun by then: the first training of a process loads native libraries.
        Thread.sleep(1000);
        while (!isTime(plan.moment()) && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        Thread.sleep(plan.delayMillis());
    }

    private boolean isTime(Moment moment) throws IOException {
        return switch (moment) {
            case ANY, STARTING -> true;
            case IMPORTING -> journal.isInFlight("import");
            case MOVING_ALIAS -> journal.isInFlight("alias");
            case PUBLISHING -> isPublishing();
        };
    }

    private boolean isPublishing() throws IOException {
        for (Journal.Submission submission : journal.unfinished()) {
            String phase = phase(submission);
            if (phase.equals("evaluating") || phase.equals("publishing")) {
                return true;
            }
        }
        return false;
    }

    private String phase(Journal.Submission submission) throws IOException {
        return service.api()
                .get("/api/v1/jobs/" + submission.job)
                .json()
                .at("/progress/phase")
                .asString("");
    }

    /** Kills, and returns what was in flight at that moment. */
    private String kill(Target target) throws IOException, InterruptedException {
        int jobs = journal.unfinished().size();
        service.kill();
        if (target == Target.BOTH && store instanceof PostgresServer server) {
            server.kill();
            server.start();
        }
        return inFlight(jobs);
    }

    private String interruptDatabase(Random random) throws IOException, InterruptedException {
        int jobs = journal.unfinished().size();
        if (store instanceof PostgresServer server) {
            server.kill();
            Thread.sleep(random.nextInt(8000));
            server.start();
        }
        return inFlight(jobs);
    }

    private String inFlight(int jobs) {
        return Stream.of(jobs == 0 ? "" : jobs + " jobs", journal.takeInFlight())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private double untilReady() throws InterruptedException {
        long since = System.nanoTime();
        while (!service.isReady()) {
            if (System.nanoTime() - since > 60_000_000_000L) {
                journal.found(Journal.Wrong.STUCK, "the service is not ready a minute after its database is back");
                break;
            }
            Thread.sleep(20);
        }
        return (System.nanoTime() - since) / 1e9;
    }

    private void killWhileStarting(Random random) throws IOException, InterruptedException {
        service = ServiceProcess.start(command, store, log);
        Thread.sleep(random.nextInt((int) (1000 * secondsToReady)));
        service.kill();
    }

    @Override
    public void close() throws InterruptedException {
        if (service != null) {
            service.kill();
        }
    }
}
