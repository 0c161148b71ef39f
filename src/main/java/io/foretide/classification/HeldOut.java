package io.foretide.classification;

import java.util.List;

/**
 * Sequences that a training never looked at, neither to learn nor to choose.
 *
 * @param sequences their places in the data, ascending
 */
public record HeldOut(List<Integer> sequences) {
    public HeldOut {
        sequences = List.copyOf(sequences);
    }

    public List<LabelledSequence> of(List<LabelledSequence> data) {
        return sequences.stream().map(data::get).toList();
    }
}
