package io.foretide.prediction;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.SeasonalNaiveForecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Anchoring;
import io.foretide.network.Features;
import io.foretide.network.ForecastSettings;
import io.foretide.network.Loss;
import io.foretide.network.Scaling;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry that holds one version, of a model that repeats the last value. */
final class FakeModels implements ModelSource {
    static final String NAME = "air";
    static final int HORIZON = 3;

    private List<QuantileLevel> quantiles = levels(0.2, 0.8);
    private Loss loss = Loss.QUANTILE;
    private Features features = Features.NONE;
    private @Nullable Frequency frequency;
    private Forecaster forecaster = SeasonalNaiveForecaster.NAIVE;
    private WindowFilter seen = WindowFilter.NONE;

    static List<QuantileLevel> levels(double... values) {
        return java.util.Arrays.stream(values).mapToObj(QuantileLevel::new).toList();
    }

    FakeModels trainedAt(List<QuantileLevel> levels) {
        quantiles = levels;
        return this;
    }

    FakeModels trainedWith(Loss other) {
        loss = other;
        return this;
    }

    FakeModels reading(Features others) {
        features = others;
        return this;
    }

    FakeModels trainedOn(String spelling) {
        frequency = Frequency.parse(spelling);
        return this;
    }

    FakeModels forecastingWith(Forecaster other) {
        forecaster = other;
        return this;
    }

    FakeModels havingSeen(WindowFilter windows) {
        seen = windows;
        return this;
    }

    @Override
    public ServedForecaster load(String reference) {
        if (!reference.equals(NAME)) {
            throw new ProblemException(ProblemType.UNKNOWN_MODEL, "There is no model " + reference + ".");
        }
        var settings = new ForecastSettings(HORIZON, 24, quantiles, 12, loss, Scaling.AUTO, Anchoring.AUTO);
        return new ServedForecaster(NAME, 4, settings, features, frequency, 10, forecaster, seen);
    }
}
