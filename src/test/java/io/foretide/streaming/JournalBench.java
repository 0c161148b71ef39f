package io.foretide.streaming;

import com.sun.management.OperatingSystemMXBean;
import io.foretide.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What it costs to keep observations: the time of an append, the processor's of the thread that writes them, and the room that
 * they take, at a steady rate over many sessions; and then how fast another process has all of these sessions.
 */
final class JournalBench {
    private static final int STATE_BYTES = 2000;
    private static final int BATCH = 1000;
    private static final Duration REPORT = Duration.ofSeconds(10);
    private static final double SECOND = 1e9;

    /** As often as the service. */
    private static final double COMPACTION_SECONDS = 0.5;

    private final Path folder;
    private final int sessions;
    private final int rate;
    private final int seconds;
    private @Nullable JournalFixture fixture;

    private JournalBench(Path folder, int sessions, int rate, int seconds) {
        this.folder = folder;
        this.sessions = sessions;
        this.rate = rate;
        this.seconds = seconds;
    }

    /** Arguments: a folder for an H2 file or {@code postgres}, how many sessions, observations a second, and for how many seconds. */
    public static void main(String[] arguments) throws IOException {
        new JournalBench(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]))
                .run();
    }

    /** As much of a session as the journal sees. */
    private static final class Counted implements LiveSession {
        final SessionLog log;
        private final byte[] state = new byte[STATE_BYTES];
        private long seq;

        Counted(SessionLog log) {
            this.log = log;
            log.attach(this);
        }

        synchronized void observe(Journal journal, double value) {
            journal.append(log, new Step.Value(++seq, value));
            ByteBuffer.wrap(state).putDouble((int) (seq * 8 % (STATE_BYTES - 8)), value);
        }

        @Override
        public synchronized Base base() {
            return new Base(seq, state.clone(), seq, seq);
        }

        @Override
        public void durable(long count) {}

        @Override
        public void takenOver() {
            throw new IllegalStateException("nobody else is here");
        }
    }

    private void run() throws IOException {
        try (var fixture = new JournalFixture(database())) {
            this.fixture = fixture;
            var properties = new JournalProperties(
                    Duration.ofMillis(500),
                    64,
                    DataSize.ofMegabytes(Integer.getInteger("log", 128)),
                    DataSize.ofMegabytes(32),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1));
            var meters = new SimpleMeterRegistry();
            try (var journal = new DatabaseJournal(
                    fixture.database.template(),
                    fixture.database.transactions(),
                    properties,
                    new JournalMetrics(meters),
                    Clock.systemUTC())) {
                long begun = System.nanoTime();
                List<Counted> all = open(journal);
                System.out.printf(
                        Locale.ROOT,
                        "%d sessions opened, %.0f a second; file %d MB%n",
                        sessions,
                        sessions / seconds(begun),
                        megabytes());
                observe(journal, all, meters);
                journal.close();
                claim(all);
            }
        }
    }

    private TestDatabase database() throws IOException {
        if (isPostgres()) {
            return TestDatabase.postgres();
        }
        Files.createDirectories(folder);
        return TestDatabase.inFolder(folder);
    }

    private boolean isPostgres() {
        return folder.toString().equals("postgres");
    }

    /** As after a crash with a full log. */
    private void claim(List<Counted> all) {
        DatabaseJournal next = fixture().journal();
        long begun = System.nanoTime();
        var underway = new ArrayList<CompletableFuture<Journal.Claimed>>();
        for (Counted counted : all) {
            underway.add(next.claim(counted.log.id()));
            if (underway.size() == BATCH) {
                underway.forEach(JournalFixture::get);
                underway.clear();
            }
        }
        underway.forEach(JournalFixture::get);
        System.out.printf(
                Locale.ROOT, "%d sessions claimed by another, %.0f a second%n", sessions, sessions / seconds(begun));
    }

    private JournalFixture fixture() {
        return Objects.requireNonNull(fixture);
    }

    private List<Counted> open(DatabaseJournal journal) {
        var base = new Base(0, new byte[STATE_BYTES], 0, 0);
        var all = new ArrayList<Counted>();
        var underway = new ArrayList<CompletableFuture<SessionLog>>();
        for (int i = 0; i < sessions; i++) {
            underway.add(journal.open(JournalFixture.session("s" + i).with(History.startingAt(base))));
            if (underway.size() == BATCH || i == sessions - 1) {
                underway.forEach(opened -> all.add(new Counted(JournalFixture.get(opened))));
                underway.clear();
            }
        }
        return all;
    }

    private void observe(DatabaseJournal journal, List<Counted> all, SimpleMeterRegistry meters) throws IOException {
        System.out.println(" seconds   observed/s   append ns   journal CPU   process CPU   log MB   file MB");
        long begun = System.nanoTime(), reported = begun, compacted = begun, appending = 0, before = 0, observed = 0;
        long journalBefore = journalNanos(), processBefore = processNanos();
        int next = 0;
        while (seconds(begun) < seconds) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                all.get(next).observe(journal, observed + i + 0.1);
                next = (next + 1) % all.size();
            }
            observed += BATCH;
            appending += System.nanoTime() - start;
            if (!isPostgres() && seconds(compacted) > COMPACTION_SECONDS) {
                fixture().database.compact();
                compacted = System.nanoTime();
            }
            while (observed > seconds(begun) * rate) {
                LockSupport.parkNanos(100_000);
            }
            double period = seconds(reported);
            if (period * SECOND >= REPORT.toNanos()) {
                System.out.printf(
                        Locale.ROOT,
                        "%8.0f %12.0f %11d %12.1f%% %12.1f%% %8d %9d%n",
                        seconds(begun),
                        (observed - before) / period,
                        appending / (observed - before),
                        100 * (journalNanos() - journalBefore) / SECOND / period,
                        100 * (processNanos() - processBefore) / SECOND / period,
                        (long) meters.get(JournalMetrics.LOGGED).gauge().value() >> 20,
                        megabytes());
                reported = System.nanoTime();
                before = observed;
                appending = 0;
                journalBefore = journalNanos();
                processBefore = processNanos();
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / SECOND;
    }

    private long megabytes() throws IOException {
        if (isPostgres()) {
            return fixture()
                            .database
                            .client()
                            .sql("select pg_database_size(current_database())")
                            .query(Long.class)
                            .single()
                    >> 20;
        }
        try (var files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes >> 20;
        }
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long journalNanos() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("session-journal"))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()))
                .sum();
    }
}
