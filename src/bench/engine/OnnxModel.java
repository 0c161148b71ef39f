package engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The bytes of an ONNX model of one step: x and states in, y and states out, each {@code [1, batch, size]}. Written by hand,
 * as the few fields of Protocol Buffers that it takes.
 */
final class OnnxModel {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    private static final int FLOAT = 1;
    private static final int INTEGER_ATTRIBUTE = 2;

    private final Message graph = new Message();
    private final Random random = new Random(1);

    private OnnxModel() {}

    /** The names of the states that go in; h of each layer, and c where the cell has it. */
    static List<String> states(Row.Network network) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < network.layers(); layer++) {
            names.add("h" + layer);
            if (network.cell() == Row.Cell.LSTM) {
                names.add("c" + layer);
            }
        }
        return names;
    }

    /** The name under which a state comes out. */
    static String after(String state) {
        return state + "after";
    }

    static byte[] of(Row.Network network) {
        var model = new OnnxModel();
        String below = INPUT;
        for (int layer = 0; layer < network.layers(); layer++) {
            model.layer(network, layer, below);
            below = after("h" + layer); // of one step, the last state is all outputs
        }
        model.head(network, below);
        model.graph.text(2, "step");
        model.value(11, INPUT, Row.INPUTS);
        model.value(12, OUTPUT, 1);
        for (String state : states(network)) {
            model.value(11, state, network.units());
            model.value(12, after(state), network.units());
        }
        var operators = new Message().number(2, 17);
        return new Message()
                .number(1, 8)
                .message(7, model.graph)
                .message(8, operators)
                .bytes();
    }

    private void layer(Row.Network network, int layer, String below) {
        int gates = network.cell().gates * network.units(), inputs = layer == 0 ? Row.INPUTS : network.units();
        String w = "w" + layer, r = "r" + layer, b = "b" + layer, h = "h" + layer, c = "c" + layer;
        weights(w, 1, gates, inputs);
        weights(r, 1, gates, network.units());
        weights(b, 1, 2 * gates);
        var node = new Message();
        for (String input : List.of(below, w, r, b, "", h)) {
            node.text(1, input);
        }
        node.text(2, "").text(2, after(h));
        if (network.cell() == Row.Cell.LSTM) {
            node.text(1, c).text(2, after(c));
        }
        node.text(4, network.cell().name());
        node.message(5, integer("hidden_size", network.units()));
        if (network.cell() == Row.Cell.GRU) {
            node.message(5, integer("linear_before_reset", 1));
        }
        graph.message(1, node);
    }

    private void head(Row.Network network, String below) {
        weights("wy", network.units(), 1);
        weights("by", 1);
        graph.message(1, new Message().text(1, below).text(1, "wy").text(2, "product").text(4, "MatMul"));
        graph.message(1, new Message().text(1, "product").text(1, "by").text(2, OUTPUT).text(4, "Add"));
    }

    private static Message integer(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, INTEGER_ATTRIBUTE);
    }

    private void weights(String name, int... dimensions) {
        var tensor = new Message();
        int length = 1;
        for (int dimension : dimensions) {
            tensor.number(1, dimension);
            length *= dimension;
        }
        var numbers = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            numbers.putFloat((float) (0.1 * random.nextGaussian()));
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, numbers.array()));
    }

    private void value(int field, String name, int size) {
        var shape = new Message()
                .message(1, new Message().number(1, 1))
                .message(1, new Message().text(2, "batch"))
                .message(1, new Message().number(1, size));
        var type = new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
        graph.message(field, new Message().text(1, name).message(2, type));
    }

    /** A message of Protocol Buffers. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int LENGTH = 2;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint(field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        Message bytes(int field, byte[] value) {
            varint(field << 3 | LENGTH);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long left = value;
            while (left >= 0x80) {
                out.write((int) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
