package chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Disturbs processes, each for itself, and the database, until it is told to end; then all is well again. */
final class Fate {
    private static final int MOST_STARTS = 8;

    private final Tally tally;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;
    private volatile Exception failure;

    private interface Work {
        void run(Random random) throws Exception;
    }

    Fate(List<Replica> replicas, Database database, Random random, Tally tally) {
        this.tally = tally;
        for (Replica replica : replicas) {
            begin("fate-" + threads.size(), new Random(random.nextLong()), own -> disturb(replica, own));
        }
        if (database instanceof Database.Postgres postgres) {
            begin("fate-database", new Random(random.nextLong()), own -> {
                long millis = own.nextInt(5) == 0 ? 18_000 : 300 + own.nextInt(6_000);
                sleep(8_000 + own.nextInt(20_000));
                if (!ending) {
                    tally.pauses.increment();
                    postgres.pause(millis);
                }
            });
        }
    }

    private void begin(String name, Random random, Work work) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                while (!ending) {
                    work.run(random);
                }
            } catch (Exception e) {
                failure = e;
                e.printStackTrace();
            }
        }));
    }

    private void disturb(Replica replica, Random random) throws Exception {
        sleep(2_000 + random.nextInt(9_000));
        if (ending) {
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                tally.kills.increment();
                replica.kill();
                restart(replica, random);
            }
            case 4, 5, 6 -> {
                tally.drains.increment();
                if (!replica.drain()) {
                    tally.other("drain", "a process had to be killed that was told to end");
                }
                restart(replica, random);
            }
            case 7 -> {
                tally.drains.increment();
                tally.kills.increment();
                replica.drainAndKill(random.nextInt(1_500));
                restart(replica, random);
            }
            default -> {
                tally.stalls.increment();
                replica.stall(random.nextInt(4) == 0 ? 17_000 : 500 + random.nextInt(6_000));
            }
        }
    }

    private void restart(Replica replica, Random random) throws IOException, InterruptedException {
        // Now and then for so long that others count the process as dead.
        sleep(random.nextInt(6) == 0 ? 18_000 : random.nextInt(1_500));
        replica.start();
        while (random.nextInt(6) == 0 && !ending) {
            sleep(random.nextInt(6_000));
            tally.kills.increment();
            replica.kill();
            replica.start();
        }
        awaitReady(replica);
    }

    /** A start fails where the database is away for too long. */
    private static void awaitReady(Replica replica) throws IOException, InterruptedException {
        for (int starts = 1; !replica.awaitReady(); starts++) {
            if (starts == MOST_STARTS) {
                throw new IllegalStateException("the service does not start");
            }
            replica.start();
        }
    }

    private void sleep(long millis) throws InterruptedException {
        for (long left = millis; left > 0 && !ending; left -= 100) {
            Thread.sleep(Math.min(100, left));
        }
    }

    /** Whatever is under way is ended first. */
    void end() throws Exception {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
