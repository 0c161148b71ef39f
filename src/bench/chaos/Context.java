package chaos;

import java.time.LocalDate;
import java.util.Random;

/** What a session has walked, as the way back from its last step to its first; forks share what they have in common. */
final class Context {
    private static final double MISSING_SHARE = 0.08;
    private static final double SKIPPING_SHARE = 0.03;

    private final Context before;
    private final LocalDate start;
    private final double value;
    private final int length;
    private final int skipped;

    private Context(Context before, LocalDate start, double value, int skipped) {
        this.before = before;
        this.start = start;
        this.value = value;
        this.length = before == null ? 0 : before.length + 1;
        this.skipped = skipped;
    }

    /** The series that a session is opened with. */
    static Context opening(Random random) {
        var context = new Context(null, LocalDate.of(2024, 1, 1).plusDays(random.nextInt(400)), 0, 0);
        int steps = 1 + random.nextInt(30);
        for (int step = 0; step < steps; step++) {
            context = context.with(context.drawn(random), 0);
        }
        return context;
    }

    /** One more observation: sometimes a missing one, and sometimes some days later. */
    Context next(Random random) {
        int days = random.nextDouble() < SKIPPING_SHARE ? 1 + random.nextInt(3) : 0;
        Context context = this;
        for (int day = 0; day < days; day++) {
            context = context.with(Double.NaN, 0);
        }
        return context.with(context.drawn(random), days);
    }

    private Context with(double next, int daysSkipped) {
        return new Context(this, start, next, daysSkipped);
    }

    private double drawn(Random random) {
        double season = 20 * Math.sin(2 * Math.PI * (length + start.getDayOfWeek().getValue()) / 7);
        return length > 0 && random.nextDouble() < MISSING_SHARE
                ? Double.NaN
                : Math.rint(100 * (100 + season + 5 * random.nextGaussian())) / 100;
    }

    Context before() {
        return before;
    }

    /** How many steps right before the last one were skipped by its time. */
    int skipped() {
        return skipped;
    }

    int length() {
        return length;
    }

    LocalDate start() {
        return start;
    }

    /** The day of the last step. */
    LocalDate time() {
        return start.plusDays(length - 1L);
    }

    /** The last value as JSON. */
    String valueAsJson() {
        return json(value);
    }

    double[] values() {
        double[] values = new double[length];
        for (Context at = this; at.before != null; at = at.before) {
            values[at.length - 1] = at.value;
        }
        return values;
    }

    static String json(double value) {
        return Double.isNaN(value) ? "null" : Double.toString(value);
    }
}
