import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether memory stays flat: over millions of steps of a walk, or over a queue of trainings. The exit code is 1 where it does
 * not.
 *
 * <p>{@code walk} or {@code training}, first. {@code --steps}, {@code --minutes}: how long. {@code --quick}: a minute, to see
 * that it runs. {@code --out}: where the table goes. {@code --about}: a line on where the figures come from, may be repeated.
 */
public final class SoakBench {
    record Options(String what, boolean quick, long steps, double minutes, Path out, List<String> about) {
        static Options parse(String[] arguments) {
            if (arguments.length == 0 || !List.of("walk", "training").contains(arguments[0])) {
                throw new IllegalArgumentException("say walk or training first");
            }
            boolean quick = false;
            long steps = 2_000_000;
            double minutes = 20;
            Path out = Path.of("target", "bench", "soak-" + arguments[0] + ".txt");
            List<String> about = new ArrayList<>();
            for (int i = 1; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> {
                        quick = true;
                        steps = 400_000; // fewer leave nothing for the shortest series
                        minutes = 1;
                    }
                    case "--steps" -> steps = Long.parseLong(arguments[++i]);
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--out" -> out = Path.of(arguments[++i]);
                    case "--about" -> about.add(arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(arguments[0], quick, steps, minutes, out, about);
        }
    }

    private SoakBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(arguments);
        Table table = options.what().equals("walk") ? WalkSoak.run(options) : TrainingSoak.run(options);
        boolean flat = table.isFlat();
        table.print(options.quick() ? "too short for a verdict" : flat ? "flat" : "NOT FLAT");
        table.write(options.out());
        System.exit(flat || options.quick() ? 0 : 1);
    }
}
