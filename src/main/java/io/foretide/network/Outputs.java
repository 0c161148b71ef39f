package io.foretide.network;

import java.util.Arrays;
import java.util.List;

/**
 * What the members of a predictor say of a state and of what is known ahead: the outputs of each, averaged. Quantiles are
 * put in order before, each future step for itself, so that it is those of one level that are averaged. Belongs to one
 * thread, and allocates nothing once it is made, unless the calendar is read.
 */
final class Outputs {
    private final Head head;
    private final List<Weights> members;
    private final KnownEffects effects;
    private final int count;
    private final float[] known;
    private final float[] mean;
    private final float[] own;

    Outputs(Predictor predictor) {
        this.head = predictor.head();
        this.members = predictor.members();
        this.effects = KnownEffects.of(predictor.settings());
        this.count = effects.horizon() * effects.width();
        this.known = effects.newKnown();
        this.mean = members.getFirst().head().newOutputs();
        this.own = mean.clone();
    }

    /** Horizon × width numbers, as a {@link Head} reads them, good until the next call. Those of one member are as it gives them. */
    float[] of(State state, Surroundings surroundings) {
        effects.write(surroundings, state.steps(), known);
        if (members.size() == 1) {
            members.getFirst().read(state.members[0], mean);
            effects.add(mean, 0, known, 0);
            return mean;
        }
        Arrays.fill(mean, 0);
        for (int member = 0; member < members.size(); member++) {
            members.get(member).read(state.members[member], own);
            effects.add(own, 0, known, 0);
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
