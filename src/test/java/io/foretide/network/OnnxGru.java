package io.foretide.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A GRU layer as ONNX Runtime computes it: a model of the one operator {@code GRU}, written by hand in the wire format of
 * Protocol Buffers, with the numbers of fields from {@code onnx.proto}.
 */
final class OnnxGru implements AutoCloseable {
    private static final int FLOAT = 1, INT_ATTRIBUTE = 2;

    private final OrtSession session;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final int inputs;
    private final int units;

    /** @param parameters W, R, b and d, row after row, gates in our order */
    OnnxGru(int inputs, int units, float[] parameters) throws OrtException {
        this.inputs = inputs;
        this.units = units;
        this.session = environment.createSession(model(parameters), new OrtSession.SessionOptions());
    }

    /** From [steps][rows][inputs] to the hidden states, [steps][rows][units]. */
    float[] walk(int rows, int steps, float[] x) throws OrtException {
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {steps, rows, inputs});
                var result = session.run(Map.of("X", tensor))) {
            FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] hidden = new float[y.remaining()];
            y.get(hidden);
            return hidden;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    /** ModelProto: ir_version, graph, opset_import. */
    private byte[] model(float[] parameters) {
        int columns = 3 * units, r = inputs * columns, b = r + units * columns;
        var node = new Message()
                .text(1, "X")
                .text(1, "W")
                .text(1, "R")
                .text(1, "B")
                .text(2, "Y")
                .text(4, "GRU")
                .message(5, attribute("hidden_size", units))
                .message(5, attribute("linear_before_reset", 1));
        var graph = new Message()
                .message(1, node)
                .text(2, "gru")
                .message(5, tensor("W", theirGates(parameters, 0, inputs), 1, columns, inputs))
                .message(5, tensor("R", theirGates(parameters, r, units), 1, columns, units))
                .message(5, tensor("B", biases(parameters, b), 1, 2 * columns))
                .message(11, floats("X", 3))
                .message(12, floats("Y", 4));
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().number(2, 14))
                .bytes();
    }

    /** Ours are reset, update, candidate, a row an input; theirs update, reset, candidate, a row a unit. */
    private float[] theirGates(float[] source, int from, int rows) {
        int[] ours = {1, 0, 2};
        float[] turned = new float[3 * units * rows];
        for (int gate = 0; gate < 3; gate++) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    turned[(gate * units + unit) * rows + row] =
                            source[from + row * 3 * units + ours[gate] * units + unit];
                }
            }
        }
        return turned;
    }

    private float[] biases(float[] parameters, int from) {
        float[] b = theirGates(parameters, from, 1), d = theirGates(parameters, from + 3 * units, 1);
        float[] both = java.util.Arrays.copyOf(b, 6 * units);
        System.arraycopy(d, 0, both, 3 * units, 3 * units);
        return both;
    }

    private static Message attribute(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
    }

    private static Message tensor(String name, float[] values, long... shape) {
        var tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    /** ValueInfoProto of floats, whose sizes are left open. */
    private static Message floats(String name, int dimensions) {
        var shape = new Message();
        for (int i = 0; i < dimensions; i++) {
            shape.message(1, new Message().text(2, name + i));
        }
        var tensor = new Message().number(1, FLOAT).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message of Protocol Buffers, field after field. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message message) {
            return bytes(field, message.bytes());
        }

        Message bytes(int field, byte[] bytes) {
            varint(field << 3 | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while (rest >>> 7 != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
