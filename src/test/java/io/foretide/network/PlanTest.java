package io.foretide.network;

import static io.foretide.network.TestNetworks.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static List<QuantileLevel> trained(List<QuantileLevel> asked) {
        var forecast = new ForecastOptions(6, null, asked, null, null, null, null);
        var planned = Plan.complete(
                TestNetworks.series(1, 50, step -> step), forecast, NetworkOptions.NONE, TrainingOptions.NONE);
        return planned.settings().forecast().quantiles();
    }

    @Test
    void oneNetworkIsTrainedWhereTheirNumberIsLeftOpen() {
        List<TimeSeries> series = TestNetworks.series(1, 50, step -> step);
        var five = new NetworkOptions(null, null, null, null, null, null, 5);

        Plan.Planned open = Plan.complete(series, TestNetworks.forecast(6), NetworkOptions.NONE, TrainingOptions.NONE);
        Plan.Planned asked = Plan.complete(series, TestNetworks.forecast(6), five, TrainingOptions.NONE);

        assertThat(open.settings().network().members()).isEqualTo(1);
        assertThat(open.chosen()).contains("network.members");
        assertThat(asked.settings().network().members()).isEqualTo(5);
        assertThat(asked.chosen()).doesNotContain("network.members");
    }

    @Test
    void trainsTheMedianBesideTheLevelsAskedFor() {
        assertThat(trained(levels(0.05, 0.3, 0.95))).isEqualTo(levels(0.05, 0.3, 0.5, 0.95));
    }

    @Test
    void trainsEnoughLevelsToReadOthersFrom() {
        assertThat(trained(levels(0.5))).isEqualTo(levels(0.1, 0.5, 0.9));
    }

    @Test
    void trainsOneOfLevelsThatAlmostEqualEachOther() {
        assertThat(trained(levels(0.1, 0.1000001, 0.9, 0.900001))).isEqualTo(levels(0.1, 0.5, 0.9));
    }

    @Test
    void keepsTheMedianAmongLevelsThatAlmostEqualIt() {
        assertThat(trained(levels(0.1, Math.nextDown(0.5), Math.nextUp(0.5), 0.9)))
                .isEqualTo(levels(0.1, 0.5, 0.9));
    }
}
