package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is measured: one row of the table. Its text, such as {@code step gru H256 B16 L2}, says all of it. */
public sealed interface Row {
    int INPUTS = 8;

    enum Cell {
        LSTM(4),
        GRU(3),
        RNN(1);

        public final int gates;

        Cell(int gates) {
            this.gates = gates;
        }
    }

    /** Recurrent layers of as many units each, and a linear layer with one output. */
    record Network(Cell cell, int units, int layers) {
        /** Floating-point operations of one step of one row, on the way forward. */
        double operations() {
            return 2.0 * weights();
        }

        /** What a step reads, without biases, which are few. */
        public long weights() {
            long first = (long) cell.gates * units * (INPUTS + units), other = (long) cell.gates * units * 2 * units;
            return first + (layers - 1) * other + units;
        }

        String name() {
            return cell.name().toLowerCase(Locale.ROOT) + " H" + units;
        }
    }

    /** Forward, back, and one update by Adam on the squared error at all steps. */
    record Training(Network network, int batch, int steps) implements Row {
        double operations() {
            return 3 * network.operations() * batch * steps;
        }

        @Override
        public String toString() {
            return "train %s B%d T%d L%d".formatted(network.name(), batch, steps, network.layers());
        }
    }

    /** One step of so many walks, from states that were left by the one before. */
    record Step(Network network, int batch) implements Row {
        double operations() {
            return network.operations() * batch;
        }

        @Override
        public String toString() {
            return "step %s B%d L%d".formatted(network.name(), batch, network.layers());
        }
    }

    /** A look at the machine itself: so much memory, read again and again. */
    record Read(int kilobytes) implements Row {
        @Override
        public String toString() {
            return "read " + kilobytes + "kB";
        }
    }

    /** How much memory the row reads over and over, as far as that bounds it: the weights. */
    default long bytes() {
        return switch (this) {
            case Training(Network network, int _, int _) -> Float.BYTES * network.weights();
            case Step(Network network, int _) -> Float.BYTES * network.weights();
            case Read(int kilobytes) -> 1024L * kilobytes;
        };
    }

    static Row parse(String text) {
        String[] words = text.split(" ");
        if (words[0].equals("read")) {
            return new Read(Integer.parseInt(words[1].substring(0, words[1].length() - 2)));
        }
        var network = new Network(
                Cell.valueOf(words[1].toUpperCase(Locale.ROOT)), number(words[2]), number(words[words.length - 1]));
        return words[0].equals("train")
                ? new Training(network, number(words[3]), number(words[4]))
                : new Step(network, number(words[3]));
    }

    private static int number(String word) {
        return Integer.parseInt(word.substring(1));
    }

    /** All rows; quick ones are those that a table of one page shows. */
    static List<Row> grid() {
        List<Row> rows = new ArrayList<>();
        for (int kilobytes : new int[] {16, 512, 8 << 10, 256 << 10}) {
            rows.add(new Read(kilobytes));
        }
        for (Cell cell : Cell.values()) {
            for (int layers = 1; layers <= 2; layers++) {
                for (int units = 32; units <= 512; units *= 2) {
                    var network = new Network(cell, units, layers);
                    for (int batch : new int[] {1, 16, 64}) {
                        rows.add(new Step(network, batch));
                    }
                    for (int batch : new int[] {32, 128}) {
                        rows.add(new Training(network, batch, 48));
                        rows.add(new Training(network, batch, 100));
                    }
                }
            }
        }
        return rows;
    }

    /** Whether a quick look has this row. */
    default boolean quick() {
        return switch (this) {
            case Training(Network(Cell _, int units, int layers), int batch, int steps) ->
                layers == 1 && steps == 48 && (units == 64 || units == 128 && batch == 128);
            case Step(Network(Cell _, int units, int layers), int batch) ->
                layers == 1 && (units == 64 || units == 256) && batch != 16;
            case Read _ -> true;
        };
    }
}
