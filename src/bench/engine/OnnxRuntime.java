package engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime on one thread, which does not train. States go from one run to the next without a copy. */
public final class OnnxRuntime implements Contender {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final int threads;

    public OnnxRuntime(int threads) {
        this.threads = threads;
    }

    @Override
    public Optional<Work> prepare(Row row) throws OrtException {
        return row instanceof Row.Step step ? Optional.of(new Session(step)) : Optional.empty();
    }

    /** Two sets of states: each run reads one and writes the other. */
    private final class Session implements Work {
        private final OrtSession session;
        private final Map<String, OnnxTensor>[] inputs = newMaps();
        private final Map<String, OnnxTensor>[] outputs = newMaps();
        private int turn;

        @SuppressWarnings("unchecked")
        private static Map<String, OnnxTensor>[] newMaps() {
            return new Map[] {new HashMap<>(), new HashMap<>()};
        }

        Session(Row.Step row) throws OrtException {
            var options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(threads);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            session = environment.createSession(OnnxModel.of(row.network()), options);
            OnnxTensor x = tensor(row.batch(), Row.INPUTS), y = tensor(row.batch(), 1);
            for (int i = 0; i < 2; i++) {
                inputs[i].put(OnnxModel.INPUT, x);
                outputs[i].put(OnnxModel.OUTPUT, y);
            }
            for (String state : OnnxModel.states(row.network())) {
                for (int i = 0; i < 2; i++) {
                    OnnxTensor tensor = tensor(row.batch(), row.network().units());
                    inputs[i].put(state, tensor);
                    outputs[1 - i].put(OnnxModel.after(state), tensor);
                }
            }
        }

        private OnnxTensor tensor(int rows, int columns) throws OrtException {
            var numbers = ByteBuffer.allocateDirect(Float.BYTES * rows * columns).order(ByteOrder.nativeOrder());
            return OnnxTensor.createTensor(environment, numbers.asFloatBuffer(), new long[] {1, rows, columns});
        }

        @Override
        public void once() throws OrtException {
            session.run(inputs[turn], outputs[turn]).close(); // leaves alone what it was given to write to
            turn = 1 - turn;
        }

        @Override
        public void close() throws OrtException {
            session.close();
        }
    }
}
