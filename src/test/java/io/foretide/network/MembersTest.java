package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.forecast;
import static io.foretide.network.TestNetworks.random;
import static io.foretide.network.TestNetworks.series;
import static io.foretide.network.TestNetworks.settings;
import static io.foretide.network.TestNetworks.target;
import static io.foretide.testing.Allocations.assertAllocatesNothingInTheEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several networks behind one version: trained one after the other, they speak as one. */
class MembersTest {
    private static final Surroundings UNKNOWN = Surroundings.unknown(Features.NONE);

    private static final List<TimeSeries> WAVES = series(3, 60, step -> 50 + 10 * Math.sin(step / 3.0) + step % 7);

    /** A rate that is far too high, so that patience ends the training of each. */
    private static final double HIGH_RATE = 0.5;

    private static final int EPOCHS = 30;

    private static State walked(Predictor predictor) {
        State state = predictor.initialState();
        for (double observation : target(3, 40)) {
            predictor.observe(state, observation);
        }
        return state;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void speakAsTheAverageOfTheNetworksAlone(Loss loss) {
        Settings settings = settings(CellType.GRU, 2, 3, loss);
        Predictor together = random(settings.withMembers(2), 5);
        int width = Head.width(settings.forecast()), count = 3 * width;
        float[][] alone = new float[2][];
        for (int member = 0; member < 2; member++) {
            Predictor one = TestNetworks.member(together, member);
            alone[member] = Outputs.of(one).of(walked(one), UNKNOWN).clone();
            for (int from = 0; loss == Loss.QUANTILE && from < count; from += width) {
                Arrays.sort(alone[member], from, from + width); // levels of random networks cross
            }
        }

        float[] outputs = Outputs.of(together).of(walked(together), UNKNOWN);

        for (int i = 0; i < count; i++) {
            assertThat(outputs[i]).isEqualTo((alone[0][i] + alone[1][i]) / 2).isNotEqualTo(alone[0][i]);
        }
    }

    @Test
    void stepAndSpeakWithoutAllocation() {
        Predictor predictor =
                random(settings(CellType.LSTM, 2, 6, Loss.QUANTILE).withMembers(3), 1);
        State state = predictor.initialState();
        var outputs = Outputs.of(predictor);
        double[] target = target(2, 20);

        assertAllocatesNothingInTheEnd(100, () -> {
            for (double observation : target) {
                predictor.observe(state, observation);
                outputs.of(state, UNKNOWN);
            }
        });
    }

    @Test
    void travelInOneArtifact() {
        Predictor written = random(settings(CellType.LSTM, 2, 6, Loss.QUANTILE).withMembers(3), 1);

        Predictor read = Artifact.read(Artifact.write(written));

        assertThat(WeightsFormat.floats(read.members())).containsExactly(WeightsFormat.floats(written.members()));
        assertThat(read.predict(target(1, 50), 9, LEVELS).quantiles())
                .isDeepEqualTo(written.predict(target(1, 50), 9, LEVELS).quantiles());
        assertThat(Artifact.write(read)).isEqualTo(Artifact.write(written));
        assertThat(written.sizeInBytes())
                .isEqualTo(3 * TestNetworks.member(written, 0).sizeInBytes());
    }

    @Test
    void areAsManyAsTheSettingsSay() {
        Predictor one = random(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), 1);

        assertThatThrownBy(() -> new Predictor(
                        one.settings().withMembers(2), one.smoothing(), one.members(), one.head(), one.seen()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TrainedNetwork train(int members, long seed, TrainingMonitor monitor) {
        return train(members, seed, null, monitor);
    }

    private static TrainedNetwork train(int members, long seed, Loss loss, TrainingMonitor monitor) {
        var network = new NetworkOptions(null, 4, 1, null, 0.3, null, members);
        var training = new TrainingOptions(EPOCHS, 4, HIGH_RATE, null, null, null, null, 2, null, seed, null);
        var forecast = new ForecastOptions(4, null, null, null, loss, null, null);
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE).train(WAVES, forecast, network, training, monitor);
    }

    private static float[] parameters(TrainedNetwork trained, int member) {
        return WeightsFormat.floats(trained.predictor().members().get(member));
    }

    @Test
    void areTheNetworksThatTrainAloneWithTheirSeeds() {
        TrainedNetwork together = train(2, 7, TrainingMonitor.SILENT);
        TrainedNetwork first = train(1, 7, TrainingMonitor.SILENT);
        TrainedNetwork second = train(1, Seeds.ofMember(7, 1), TrainingMonitor.SILENT);

        assertThat(parameters(together, 0)).containsExactly(parameters(first, 0));
        assertThat(parameters(together, 1)).containsExactly(parameters(second, 0));
        int before = first.losses().size();
        List<EpochLoss> losses = new ArrayList<>(first.losses());
        second.losses()
                .forEach(loss ->
                        losses.add(new EpochLoss(before + loss.epoch(), loss.trainLoss(), loss.validationLoss())));
        assertThat(together.losses()).isEqualTo(losses);
        TrainedMember own = second.members().getFirst();
        assertThat(together.members())
                .containsExactly(
                        first.members().getFirst(),
                        new TrainedMember(before + own.bestEpoch(), before + own.lastEpoch()));
        assertThat(before).as("the first stops early").isLessThan(EPOCHS);
    }

    @Test
    void theSameSeedGivesTheSameMembersAndNoneIsLikeAnother() {
        TrainedNetwork trained = train(3, 7, TrainingMonitor.SILENT);

        assertThat(train(3, 7, TrainingMonitor.SILENT).artifact()).isEqualTo(trained.artifact());
        assertThat(parameters(trained, 1)).isNotEqualTo(parameters(trained, 0));
        assertThat(parameters(trained, 2)).isNotEqualTo(parameters(trained, 1));
    }

    @Test
    void areCalibratedByWhatTheySayTogether() {
        List<Split> splits = new ArrayList<>();

        Predictor quantiles = train(2, 7, Loss.QUANTILE, TrainingMonitor.SILENT).predictor();
        Predictor means = train(2, 7, Loss.SQUARED, TrainingMonitor.SILENT).predictor();

        Settings settings = quantiles.settings();
        WAVES.forEach(one -> splits.add(Split.of(one, settings.forecast(), settings.training())));
        HeldOutErrors errors = HeldOutErrors.ofValidation(WAVES, splits);
        Calibration expected = Calibration.of(quantiles, errors);
        Calibration actual = ((QuantileHead) quantiles.head()).calibration();
        assertThat(actual.share()).isEqualTo(expected.share());
        assertThat(actual.stretches()).isDeepEqualTo(expected.stretches());
        assertThat(((MeanHead) means.head()).deviations()).containsExactly(errors.deviations(means));
    }

    /** Notes the progress after each epoch; its time is up so many steps after so many epochs. */
    private static final class Watch implements TrainingMonitor {
        private final int epochs;
        private final int steps;
        private final List<Double> percents = new ArrayList<>();
        private int stepsOfEpoch;

        Watch(int epochs, int steps) {
            this.epochs = epochs;
            this.steps = steps;
        }

        @Override
        public void epochFinished(EpochLoss loss, int epochs) {
            percents.add(100.0 * loss.epoch() / epochs);
            stepsOfEpoch = 0;
        }

        @Override
        public boolean cancelled() {
            stepsOfEpoch++; // asked before each
            return false;
        }

        @Override
        public boolean outOfTime() {
            return percents.size() == epochs && stepsOfEpoch >= steps;
        }
    }

    @Test
    void theProgressRisesOverAllOfThem() {
        var watch = new Watch(Integer.MAX_VALUE, 0);

        TrainedNetwork trained = train(3, 7, watch);

        assertThat(watch.percents).hasSameSizeAs(trained.losses()).isSorted().doesNotHaveDuplicates();
        assertThat(watch.percents.getLast()).isLessThanOrEqualTo(100);
        assertThat(trained.losses())
                .extracting(EpochLoss::epoch)
                .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(
                                1, trained.losses().size())
                        .boxed()
                        .toList());
    }

    @Test
    void thoseThatTimeHasCutShortCountOnceTheyHaveAWholeEpoch() {
        TrainedNetwork first = train(1, 7, TrainingMonitor.SILENT);
        int before = first.losses().size();

        TrainedNetwork between = train(2, 7, new Watch(before, 0));
        TrainedNetwork inFirstEpoch = train(2, 7, new Watch(before, 3));
        TrainedNetwork inSecondEpoch = train(2, 7, new Watch(before + 1, 3));

        for (TrainedNetwork hurried : List.of(between, inFirstEpoch)) {
            assertThat(hurried.stoppedBy()).isEqualTo(StopReason.TIME);
            assertThat(hurried.artifact()).as("the first alone").isEqualTo(first.artifact());
            assertThat(hurried.losses()).isEqualTo(first.losses());
            assertThat(hurried.members()).isEqualTo(first.members());
        }
        assertThat(inSecondEpoch.stoppedBy()).isEqualTo(StopReason.TIME);
        assertThat(inSecondEpoch.predictor().settings().network().members()).isEqualTo(2);
        assertThat(inSecondEpoch.losses()).hasSize(before + 2);
        assertThat(parameters(inSecondEpoch, 0)).containsExactly(parameters(first, 0));
    }
}
