package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.SeasonalNaiveForecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.registry.ModelVersion;

/** Gives every version the same forecaster. */
final class FakeChampions implements Champions {
    private volatile Forecaster forecaster = SeasonalNaiveForecaster.NAIVE;
    private volatile WindowFilter unseen = WindowFilter.ALL;
    private volatile Runnable beforeLoad = () -> {};

    void reset() {
        forecaster = SeasonalNaiveForecaster.NAIVE;
        unseen = WindowFilter.ALL;
        beforeLoad = () -> {};
    }

    void give(Forecaster forecaster, WindowFilter unseen) {
        this.forecaster = forecaster;
        this.unseen = unseen;
    }

    void beforeLoad(Runnable action) {
        beforeLoad = action;
    }

    @Override
    public Champion load(ModelVersion version) {
        beforeLoad.run();
        return new Champion(forecaster, unseen);
    }
}
