package engine;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The process of one contender. Reads a command a line and answers with a line:
 *
 * <pre>
 *   prepare MILLISECONDS ROW   seconds of one execution after so much warm-up, or "absent"
 *   measure MILLISECONDS       seconds of one execution: of the best slice of so much time, and the mean
 *   release                    "released"
 * </pre>
 */
public final class Worker {
    /** Short enough that many a slice has a core for itself even on a busy machine. */
    private static final double SLICE = 0.001;

    private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private final Contender contender;
    private Contender.Work work = () -> {};
    private double expected;

    private Worker(Contender contender) {
        this.contender = contender;
    }

    /** Arguments: the class of the contender, and its number of threads. */
    public static void main(String[] arguments) throws Exception {
        var answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // libraries talk
        var contender = Class.forName(arguments[0]).getConstructor(int.class);
        var worker = new Worker((Contender) contender.newInstance(Integer.parseInt(arguments[1])));
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(worker.answer(line.split(" ", 3)));
        }
        System.exit(0); // libraries leave threads behind
    }

    private String answer(String[] command) throws Exception {
        return switch (command[0]) {
            case "prepare" -> prepare(Integer.parseInt(command[1]) / 1e3, Row.parse(command[2]));
            case "measure" -> measure(Integer.parseInt(command[1]) / 1e3);
            case "release" -> release();
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private String prepare(double seconds, Row row) throws Exception {
        Optional<Contender.Work> prepared = contender.prepare(row);
        if (prepared.isEmpty()) {
            return "absent";
        }
        work = prepared.get();
        // Of the processor's time, because on a busy machine little of the clock's is ours.
        long end = threads.getCurrentThreadCpuTime() + (long) (1e9 * seconds);
        do {
            expected = time(1);
        } while (threads.getCurrentThreadCpuTime() < end);
        return String.valueOf(expected);
    }

    private String measure(double seconds) throws Exception {
        int times = (int) Math.max(1, Math.min(1_000_000, SLICE / expected));
        double best = Double.MAX_VALUE;
        int slices = 0;
        long start = System.nanoTime();
        do {
            best = Math.min(best, time(times));
            slices++;
        } while (secondsSince(start) < seconds);
        expected = best;
        return best + " " + secondsSince(start) / slices / times;
    }

    /** The mean, in seconds. */
    private double time(int times) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.once();
        }
        return secondsSince(start) / times;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private String release() throws Exception {
        work.close();
        work = () -> {};
        System.gc(); // some libraries free their memory only then
        return "released";
    }
}
