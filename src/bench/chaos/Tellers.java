package chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sessions of every task, two of each at a time, that are told their plans while processes come and go. */
final class Tellers {
    static final int CLIENTS = 2 * Plan.values().length;

    private static final int MESSAGES = 150;
    private static final int MORE = 6;
    private static final double PATIENCE_SECONDS = 120;

    private final List<Replica> replicas;
    private final long seed;
    private final Tally tally;
    private final Queue<Teller> all = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    Tellers(List<Replica> replicas, long seed, Tally tally) {
        this.replicas = replicas;
        this.seed = seed;
        this.tally = tally;
    }

    static void train(Replica replica) throws IOException, InterruptedException {
        for (Plan plan : Plan.values()) {
            replica.train(plan.model(), plan.training());
        }
    }

    void start() {
        for (Plan plan : Plan.values()) {
            for (int i = 0; i < CLIENTS / Plan.values().length; i++) {
                long own = 100 * seed + 10 * plan.ordinal() + i;
                threads.add(Thread.ofPlatform().daemon().start(() -> tell(plan, own)));
            }
        }
    }

    /** One session after the other. */
    private void tell(Plan plan, long own) {
        var random = new Random(own);
        try {
            for (int session = 1; !ending; session++) {
                String name = "%s-%d-%d".formatted(plan.model(), own, session);
                var teller = new Teller(plan, name, random.nextInt(), tally);
                all.add(teller);
                teller.tellThrough(replicas, MESSAGES, random, () -> ending);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            e.printStackTrace();
            tally.other("client", e.toString());
        }
    }

    void end() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Has each session go on a little, and compares all that it said. */
    void compare() throws IOException, InterruptedException {
        double end = tally.seconds() + PATIENCE_SECONDS;
        for (Teller teller : all) {
            int until = teller.applied() + MORE;
            teller.tellThrough(replicas, until, new Random(seed), () -> tally.seconds() > end);
            if (teller.applied() < until) {
                tally.other("stuck", "a session at %d".formatted(teller.applied()));
            }
            teller.compare(replicas.getFirst());
        }
    }
}
