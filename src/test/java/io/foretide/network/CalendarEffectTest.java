package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the calendar is worth to a network, where no seasonal profile carries the same. */
class CalendarEffectTest {
    private static final int LENGTH = 120;
    private static final int HORIZON = 7;
    private static final ForecastOptions WITHOUT_SEASON = new ForecastOptions(HORIZON, null, null, 1, null, null, null);

    /** A shop of its own first day, busy on Saturdays and closed on Sundays. */
    private record Shop(int number, LocalDate first, double[] sales) {
        static Shop of(int number) {
            var random = new Random(number);
            LocalDate first = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(300));
            double[] sales = IntStream.range(0, LENGTH + HORIZON)
                    .mapToDouble(step -> busy(first.plusDays(step).getDayOfWeek()) * (100 + 10 * random.nextGaussian()))
                    .toArray();
            return new Shop(number, first, sales);
        }

        private static double busy(DayOfWeek day) {
            return switch (day) {
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 1;
                case SATURDAY -> 2;
                case SUNDAY -> 0;
            };
        }

        private TimeSeries known(@Nullable Timeline timeline) {
            return new TimeSeries("shop-" + number, timeline, Arrays.copyOf(sales, LENGTH), Covariates.NONE);
        }

        TimeSeries dated() {
            return known(new Timeline(first.atStartOfDay(ZoneOffset.UTC), Frequency.parse("D"), TimeStyle.DATE));
        }

        TimeSeries undated() {
            return known(null);
        }
    }

    /** The mean absolute error of the median of what follows, in shops that the training never saw. */
    private static double error(Function<Shop, TimeSeries> known) {
        List<TimeSeries> trainedOn =
                IntStream.range(0, 12).mapToObj(Shop::of).map(known).toList();
        var network = new NetworkOptions(null, 8, null, null, null, null, null);
        var training = new TrainingOptions(6, 16, null, null, null, null, null, null, null, null, null);
        Predictor predictor = new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(trainedOn, WITHOUT_SEASON, network, training, TrainingMonitor.SILENT)
                .predictor();
        return IntStream.range(100, 120)
                .mapToObj(Shop::of)
                .mapToDouble(shop -> error(predictor, known.apply(shop), shop.sales()))
                .average()
                .orElseThrow();
    }

    private static double error(Predictor predictor, TimeSeries known, double[] sales) {
        double[] median =
                predictor.predict(known, HORIZON, List.of(QuantileLevel.MEDIAN)).quantiles()[0];
        return IntStream.range(0, HORIZON)
                .mapToDouble(ahead -> Math.abs(sales[LENGTH + ahead] - median[ahead]))
                .average()
                .orElseThrow();
    }

    @Test
    void aWeekdayIsLearnedBetterByItsNameThanByWhatPrecedesIt() {
        double dated = error(Shop::dated);
        double undated = error(Shop::undated);

        assertThat(dated).isLessThan(0.6 * undated);
    }
}
