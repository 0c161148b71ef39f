package io.foretide.training;

import io.foretide.evaluation.NetworkForecaster;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.Predictor;
import io.foretide.network.TrainedNetwork;
import io.foretide.network.TrainingMonitor;
import io.foretide.series.TimeSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Trains one recurrent network over all series. */
@Component
final class RecurrentTrainer implements Trainer {
    private final NetworkTrainer networks;

    RecurrentTrainer(TrainingProperties properties) {
        this.networks = new NetworkTrainer(properties.resources());
    }

    @Override
    public void check(List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent) {
        startingFrom(parent).check(series, settings.forecast(), settings.network(), settings.training());
    }

    @Override
    public TrainedModel train(
            List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent, TrainingMonitor monitor) {
        TrainedNetwork trained = startingFrom(parent)
                .train(series, settings.forecast(), settings.network(), settings.training(), monitor);
        Predictor predictor = trained.predictor();
        return new TrainedModel(
                new NetworkForecaster(predictor),
                (one, origin) -> !predictor.hasSeen(one, origin),
                trained.artifact(),
                TrainedModel.Method.of(predictor),
                new TrainingHistory(trained.chosen(), trained.losses(), trained.members(), trained.stoppedBy()));
    }

    private NetworkTrainer startingFrom(@Nullable Predictor parent) {
        return parent == null ? networks : networks.startingFrom(parent);
    }
}
