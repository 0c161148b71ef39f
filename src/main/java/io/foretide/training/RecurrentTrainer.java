package io.foretide.training;

import io.foretide.evaluation.NetworkForecaster;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.TrainedNetwork;
import io.foretide.network.TrainingMonitor;
import io.foretide.series.TimeSeries;
import java.util.List;
import org.springframework.stereotype.Component;

/** Trains one recurrent network over all series. */
@Component
final class RecurrentTrainer implements Trainer {
    private final NetworkTrainer networks;

    RecurrentTrainer(TrainingProperties properties) {
        this.networks = new NetworkTrainer(properties.resources());
    }

    @Override
    public void check(List<TimeSeries> series, JobSettings settings) {
        networks.check(series, settings.forecast(), settings.network(), settings.training());
    }

    @Override
    public TrainedModel train(List<TimeSeries> series, JobSettings settings, TrainingMonitor monitor) {
        TrainedNetwork trained =
                networks.train(series, settings.forecast(), settings.network(), settings.training(), monitor);
        return new TrainedModel(
                new NetworkForecaster(trained.predictor()),
                trained.artifact(),
                TrainedModel.Method.of(trained.predictor()),
                new TrainedModel.History(trained.chosen(), trained.losses(), trained.members(), trained.stoppedBy()));
    }
}
