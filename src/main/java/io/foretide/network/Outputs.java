package io.foretide.network;

import io.foretide.kernel.Dense;
import java.util.Arrays;
import java.util.List;

/**
 * What the members of a predictor say of a state and of what is known ahead: the outputs of each, averaged. Quantiles are
 * put in order before, each future step for itself, so that it is those of one level that are averaged. Belongs to one
 * thread, and allocates nothing once it is made, unless the calendar is read.
 */
final class Outputs {
    private final Head head;
    private final List<Dense> members;
    private final KnownEffects effects;
    private final int count;
    private final float[] known;
    private final float[] mean;
    private final float[] own;

    private Outputs(Predictor predictor, int steps, KnownEffects effects, List<Dense> members) {
        this.head = predictor.head();
        this.count = steps * head.width();
        this.effects = effects;
        this.members = members;
        this.known = new float[steps * effects.numbers()];
        this.mean = members.getFirst().newOutputs();
        this.own = mean.clone();
    }

    private Outputs(Outputs like) {
        this.head = like.head;
        this.members = like.members;
        this.effects = like.effects;
        this.count = like.count;
        this.known = like.known.clone();
        this.mean = like.mean.clone();
        this.own = like.own.clone();
    }

    /** For another thread. */
    Outputs copy() {
        return new Outputs(this);
    }

    /** Of all future steps. */
    static Outputs of(Predictor predictor) {
        return ofFirst(predictor, predictor.settings().forecast().horizon());
    }

    /** Of the first so many future steps, which costs less. */
    static Outputs ofFirst(Predictor predictor, int steps) {
        if (steps == 1) {
            return ofNext(predictor);
        }
        KnownEffects effects = KnownEffects.of(predictor.settings());
        int count = steps * effects.width();
        // The coefficients stand behind the outputs of all steps.
        List<Dense> members = predictor.members().stream()
                .map(Weights::head)
                .map(all -> effects.numbers() > 0 ? all : all.first(count))
                .toList();
        return new Outputs(predictor, steps, effects, members);
    }

    /** Of the next step alone. */
    static Outputs ofNext(Predictor predictor) {
        KnownEffects all = KnownEffects.of(predictor.settings());
        var effects = new KnownEffects(1, all.width(), all.numbers());
        return new Outputs(predictor, 1, effects, predictor.nextHeads());
    }

    /** The heads of the members, for the next step and what is known of it. */
    static List<Dense> nextHeads(Settings settings, List<Weights> members) {
        KnownEffects effects = KnownEffects.of(settings);
        int width = effects.width(), all = effects.horizon() * width;
        return members.stream()
                .map(Weights::head)
                .map(head -> effects.numbers() > 0 ? head.without(width, all) : head.first(width))
                .toList();
    }

    /** Steps × width numbers, as a {@link Head} reads them, good until the next call. Those of one member are as it gives them. */
    float[] of(State state, Surroundings surroundings) {
        effects.write(surroundings, state.steps(), known);
        if (members.size() == 1) {
            members.getFirst().apply(state.top(0), mean);
            effects.add(mean, known);
            return mean;
        }
        Arrays.fill(mean, 0);
        for (int member = 0; member < members.size(); member++) {
            members.get(member).apply(state.top(member), own);
            effects.add(own, known);
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
                    InsertionSort.sort(own, from, from + quantiles.width());
                }
            }
            case MeanHead _, CountHead _ -> {}
        }
    }
}
