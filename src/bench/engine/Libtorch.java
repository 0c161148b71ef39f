package engine;

import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.rand;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.RNNOptions;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** PyTorch's C++ library, which computes LSTMs by oneDNN. */
public final class Libtorch implements Contender {
    /** The three kinds of layers have no common type. */
    private interface Layers {
        /** Outputs at all steps. */
        Tensor forward(Tensor x);

        /** Outputs at one step; replaces the states by those after it. */
        Tensor step(Tensor x, Tensor[] states);

        TensorVector parameters();
    }

    public Libtorch(int threads) {
        set_num_threads(threads);
    }

    @Override
    public Optional<Work> prepare(Row row) {
        return switch (row) {
            case Row.Training training -> Optional.of(train(training));
            case Row.Step step -> Optional.of(step(step));
            case Row.Read _ -> Optional.empty();
        };
    }

    private static Work train(Row.Training row) {
        Layers layers = layers(row.network());
        var head = new LinearImpl(row.network().units(), 1);
        Tensor x = rand(row.batch(), row.steps(), Row.INPUTS), y = rand(row.batch(), row.steps(), 1);
        TensorVector parameters = layers.parameters(), headParameters = head.parameters();
        for (long i = 0; i < headParameters.size(); i++) {
            parameters.push_back(headParameters.get(i));
        }
        var adam = new Adam(parameters, new AdamOptions(1e-4));
        return () -> {
            try (var _ = new PointerScope()) {
                adam.zero_grad();
                mse_loss(head.forward(layers.forward(x)), y).backward();
                adam.step();
            }
        };
    }

    private static Work step(Row.Step row) {
        Layers layers = layers(row.network());
        var head = new LinearImpl(row.network().units(), 1);
        Tensor x = rand(row.batch(), 1, Row.INPUTS);
        int depth = row.network().layers(), units = row.network().units();
        Tensor[] states = {rand(depth, row.batch(), units), rand(depth, row.batch(), units)};
        var noGradients = new NoGradGuard();
        return new Work() {
            @Override
            public void once() {
                try (var _ = new PointerScope()) {
                    head.forward(layers.step(x, states));
                }
            }

            @Override
            public void close() {
                noGradients.close();
            }
        };
    }

    private static Layers layers(Row.Network network) {
        return switch (network.cell()) {
            case LSTM -> lstm(network);
            case GRU -> {
                var options = new GRUOptions(Row.INPUTS, network.units());
                options.num_layers().put(network.layers());
                options.batch_first().put(true);
                var gru = new GRUImpl(options);
                yield simple(gru::forward, gru::forward, gru.parameters());
            }
            case RNN -> {
                var options = new RNNOptions(Row.INPUTS, network.units());
                options.num_layers().put(network.layers());
                options.batch_first().put(true);
                var rnn = new RNNImpl(options);
                yield simple(rnn::forward, rnn::forward, rnn.parameters());
            }
        };
    }

    private interface Forward {
        T_TensorTensor_T of(Tensor x);
    }

    private interface ForwardFrom {
        T_TensorTensor_T of(Tensor x, Tensor state);
    }

    private static Layers simple(Forward forward, ForwardFrom forwardFrom, TensorVector parameters) {
        return new Layers() {
            @Override
            public Tensor forward(Tensor x) {
                return forward.of(x).get0();
            }

            @Override
            public Tensor step(Tensor x, Tensor[] states) {
                var result = forwardFrom.of(x, states[0]);
                states[0].copy_(result.get1());
                return result.get0();
            }

            @Override
            public TensorVector parameters() {
                return parameters;
            }
        };
    }

    private static Layers lstm(Row.Network network) {
        var options = new LSTMOptions(Row.INPUTS, network.units());
        options.num_layers().put(network.layers());
        options.batch_first().put(true);
        var lstm = new LSTMImpl(options);
        return new Layers() {
            @Override
            public Tensor forward(Tensor x) {
                return lstm.forward(x).get0();
            }

            @Override
            public Tensor step(Tensor x, Tensor[] states) {
                var result = lstm.forward(x, new T_TensorTensor_T(states[0], states[1]));
                var after = result.get1();
                states[0].copy_(after.get0());
                states[1].copy_(after.get1());
                return result.get0();
            }

            @Override
            public TensorVector parameters() {
                return lstm.parameters();
            }
        };
    }
}
