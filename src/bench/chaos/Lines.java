package chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The connections of one client: at most one to each process, made again some time after it has ended. */
final class Lines {
    private final BlockingQueue<Line.Event> events;
    private final Random random;
    private final Map<Replica, Line> lines = new HashMap<>();
    private final Map<Replica, Long> notBefore = new HashMap<>();

    /** @param events takes what is heard on any of them */
    Lines(BlockingQueue<Line.Event> events, Random random) {
        this.events = events;
        this.random = random;
    }

    /** The connection to a process; null where there is none now, and then one is under way. */
    Line to(Replica replica) {
        Line line = lines.get(replica);
        if (line != null && line.isOpen()) {
            return line;
        }
        boolean connecting = line != null && !line.isOver();
        if (!connecting && notBefore.getOrDefault(replica, Long.MIN_VALUE) <= System.nanoTime()) {
            lines.put(replica, Line.to(replica, events));
            notBefore.put(replica, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(500)));
        }
        return null;
    }

    /** Ends those on which nothing has been heard for long. */
    void leaveSilent() throws InterruptedException {
        for (Line line : List.copyOf(lines.values())) {
            if (!line.isOver() && !line.isThere()) {
                line.end();
            }
        }
    }

    void end() {
        lines.values().forEach(Line::end);
    }
}
