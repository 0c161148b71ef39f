package io.foretide.training;

import io.foretide.evaluation.Comparison;
import io.foretide.network.Artifact;
import io.foretide.registry.ModelVersion;

/** A model that forecasts, compared with the champion by the weighted quantile loss. */
record ForecastCandidate(
        TrainedModel model, ForecastRecord record, Examination examination, Examination.Entrant entrant)
        implements Candidate {
    @Override
    public byte[] artifact() {
        return Artifact.withRecord(model.artifact(), record);
    }

    @Override
    public Workings workings() {
        return ForecastWorkings.of(record, model.method());
    }

    @Override
    public Yardstick yardstick() {
        return Yardstick.WEIGHTED_QUANTILE_LOSS;
    }

    @Override
    public Comparison compareWith(ModelVersion champion) {
        return examination.compare(entrant, champion);
    }
}
