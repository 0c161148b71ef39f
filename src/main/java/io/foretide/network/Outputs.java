package io.foretide.network;

import io.foretide.kernel.Dense;
import java.util.Arrays;
import java.util.List;

/**
 * What the members of a predictor say of a state: the outputs of each, averaged. Quantiles are put in order before, each
 * future step for itself, so that it is those of one level that are averaged. Belongs to one thread, and allocates nothing
 * once it is made.
 */
final class Outputs {
    private final Head head;
    private final List<Dense> members;
    private final int count;
    private final float[] mean;
    private final float[] own;

    private Outputs(Predictor predictor, int steps) {
        this.head = predictor.head();
        this.count = steps * head.width();
        this.members = predictor.members().stream()
                .map(member -> member.head().first(count))
                .toList();
        this.mean = members.getFirst().newOutputs();
        this.own = mean.clone();
    }

    private Outputs(Outputs like) {
        this.head = like.head;
        this.members = like.members;
        this.count = like.count;
        this.mean = like.mean.clone();
        this.own = like.own.clone();
    }

    /** For another thread. */
    Outputs copy() {
        return new Outputs(this);
    }

    /** Of all future steps. */
    static Outputs of(Predictor predictor) {
        return new Outputs(predictor, predictor.settings().forecast().horizon());
    }

    /** Of the next step alone, which costs less. */
    static Outputs ofNext(Predictor predictor) {
        return new Outputs(predictor, 1);
    }

    /** Steps × width numbers, as a {@link Head} reads them, good until the next call. Those of one member are as it gives them. */
    float[] of(State state) {
        if (members.size() == 1) {
            members.getFirst().apply(state.top(0), mean);
            return mean;
        }
        Arrays.fill(mean, 0);
        for (int member = 0; member < members.size(); member++) {
            members.get(member).apply(state.top(member), own);
            putInOrder();
            for (int i = 0; i < count; i++) {
                mean[i] += own[i];
            }
        }
        for (int i = 0; i < count; i++) {
            mean[i] /= members.size();
        }
        return mean;
    }

    private void putInOrder() {
        switch (head) {
            case QuantileHead quantiles -> {
                for (int from = 0; from < count; from += quantiles.width()) {
                    Arrays.sort(own, from, from + quantiles.width());
                }
            }
            case MeanHead _, CountHead _ -> {}
        }
    }
}
