package io.foretide.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Many requests from as many clients at once, each answer examined. */
final class Campaign {
    /** After so many requests what valid ones need is put back. */
    private static final int RESTORED_EVERY = 200;

    private final Fuzzer fuzzer;
    private final World world;
    private final Wire wire;
    private final Tally tally;

    Campaign(Fuzzer fuzzer, World world, Wire wire, Tally tally) {
        this.fuzzer = fuzzer;
        this.world = world;
        this.wire = wire;
        this.tally = tally;
    }

    /** One valid request for everything that can be asked, one after the other. Gives those that were refused. */
    List<String> fireValid() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Supplier<Shot> valid : fuzzer.valid()) {
            world.restore();
            Shot shot = valid.get();
            Wire.Reply reply = fire(shot);
            if (reply.answers().getLast().status() >= 400) {
                refused.add(shot.kind() + " for " + shot.operation() + ": "
                        + reply.answers().getLast().body());
            }
        }
        return refused;
    }

    /** The requests of the seeds from the first to before the last. */
    void fire(long first, long last, int clients) throws Exception {
        AtomicLong next = new AtomicLong(first);
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(_ -> pool.submit(() -> {
                        for (long seed = next.getAndIncrement(); seed < last; seed = next.getAndIncrement()) {
                            if (seed % RESTORED_EVERY == 0) {
                                world.restore();
                            }
                            fire(fuzzer.shot(seed));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> client : running) {
                client.get();
            }
        }
    }

    Wire.Reply fire(Shot shot) throws IOException {
        Wire.Reply reply = wire.send(shot);
        tally.add(shot, reply, Examiner.flaws(shot, reply));
        return reply;
    }
}
