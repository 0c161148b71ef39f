package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** What a client asks of the architecture; absent fields are chosen for the data. */
public record NetworkOptions(
        @Nullable CellType cell,
        @Min(1) @Max(NetworkSettings.MOST_UNITS) @Nullable Integer units,
        @Min(1) @Max(NetworkSettings.MOST_LAYERS) @Nullable Integer layers,
        @Nullable Activation activation,
        @PositiveOrZero @DecimalMax("0.9") @Nullable Double dropout,
        @Min(1) @Max(1024) @Nullable Integer embedding,
        @Min(1) @Max(NetworkSettings.MOST_MEMBERS) @Nullable Integer members) {
    public static final NetworkOptions NONE = new NetworkOptions(null, null, null, null, null, null, null);

    /**
     * Refuses what cells of a kind would not read, lest a record show it as if it had had an effect.
     *
     * @param chosen absent where it is left to the training, which chooses one with gates
     */
    public void requireReadBy(@Nullable CellType chosen) {
        if (chosen != CellType.SIMPLE_RNN && activation != null && activation != Activation.TANH) {
            throw new ProblemException(
                            ProblemType.NOT_SUPPORTED,
                            "The cells lstm and gru have gates of their own and the activation tanh. Remove network.activation, or send the cell rnn.")
                    .at("/network/activation");
        }
    }
}
