package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.Predictor;
import io.foretide.problem.ProblemType;
import io.foretide.series.Covariates;
import io.foretide.series.Forecast;
import io.foretide.series.SentTime;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session goes through the states that a prediction goes through, whatever is asked of it. */
class SessionsTest extends OnSessions {
    @Test
    void streamingAContextEqualsPredictingFromIt() {
        client.open("s", "air:1", null);

        for (int i = 0; i < VALUES.length; i++) {
            assertSame(client.observe("s", i + 1, VALUES[i]).forecast(), predicted(first(i + 1)));
        }
    }

    @Test
    void goesOnWhereTheSeriesEndsThatItIsOpenedWith() {
        client.open("s", "air:1", new TimeSeries("", null, first(30), Covariates.NONE));

        var answer = client.observe("s", 1, from(30, 40));

        assertSame(answer.forecast(), predicted(first(40)));
        assertSame(client.ask("s").forecast(), predicted(first(40)));
    }

    @Test
    void readsCovariatesTimesAndCalendarAsAPredictionDoes() {
        TimeSeries whole = TrainedModels.daily(40, 11);
        Predictor predictor = fixture.models.predictor(3);
        assertThat(predictor.features().names()).contains("past.temp", "future.promo", "static.store", "calendar.week");
        client.open(
                "s",
                "air:3",
                new TimeSeries(
                        "",
                        TrainedModels.days(),
                        new double[0],
                        new Covariates(Map.of(), Map.of(), whole.covariates().fixed())));

        ServerMessage.Forecasted last = null;
        for (int i = 0; i < whole.length(); i++) {
            double[] promotions = whole.covariates().future().get("promo");
            var observation = new Observation(
                    "s",
                    i + 1,
                    whole.target()[i],
                    null,
                    Map.of("temp", whole.covariates().past().get("temp")[i]),
                    Map.of("promo", Arrays.copyOfRange(promotions, i + 1, promotions.length)));
            last = client.say(new ClientMessage.Observe(null, observation)).hear(ServerMessage.Forecasted.class);
        }

        assertSame(
                last.forecast(),
                predictor.predict(whole, 6, predictor.settings().forecast().quantiles()));
        assertThat(last.times().timeline().labelOf(last.times().step())).isEqualTo("2020-03-11");
    }

    @Test
    void stepsManySessionsTogetherAsEachAlone() {
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "s" + i).toList();
        names.forEach(name -> client.open(name, "air:1", null));

        ServerMessage.ForecastMany last = null;
        for (int step = 0; step < 20; step++) {
            int at = step;
            last = client.observeMany(
                    names,
                    step + 1,
                    IntStream.range(0, 50).mapToDouble(i -> VALUES[at + i % 40]).toArray());
        }

        for (int i = 0; i < 50; i++) {
            var point = (ServerMessage.PointForecast) last.answers().get(i);
            assertThat(point.session()).isEqualTo("s" + i);
            assertSame(point.forecast(), predicted(from(i % 40, i % 40 + 20)));
        }
    }

    @Test
    void refusesWhatOfAFrameWouldMakeItsAnswerTooLarge() {
        TestClient other =
                fixture.start("max-outbox-size=8KB", "outbox-size=1KB").connect();
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "s" + i).toList();
        names.forEach(name -> other.open(name, "air:1", null));

        ServerMessage.ForecastMany answer = other.observeMany(names, 1, new double[10]);

        // 8 KB are 409 numbers, and each forecast has 6 steps × (11 levels + 1).
        assertThat(answer.answers().subList(0, 5)).allMatch(ServerMessage.PointForecast.class::isInstance);
        assertThat(answer.answers().subList(5, 10)).allMatch(ServerMessage.PointError.class::isInstance);
        other.observe("s9", 1, 5);
    }

    @Test
    void scoresAnObservationByTheForecastBeforeIt() {
        client.open("s", "air:1", null);
        Forecast before = client.observe("s", 1, 100, 110, 90).forecast();

        Scored scored = client.observe("s", 4, 1e6).scored();

        assertThat(scored.expected()).isEqualTo(before.mean()[0]);
        assertThat(scored.error()).isEqualTo(1e6 - before.mean()[0]);
        assertThat(scored.percentile()).isGreaterThan(0.99);
        assertThat(scored.anomaly()).isTrue();
        assertThat(scored.coverage()).isLessThan(1);
        assertThat(client.observe("s", 5, Double.NaN).scored()).isNull();
    }

    @Test
    void appliesARepeatedObservationOnce() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(10));

        client.observing("s", 10, 12345);
        var warning = client.hear(ServerMessage.Warning.class);
        var ack = client.hear(ServerMessage.Acked.class);

        assertThat(warning.code()).isEqualTo(WarningCode.DUPLICATE);
        assertThat(ack.seq()).isEqualTo(10);
        assertSame(client.observe("s", 11, VALUES[10]).forecast(), predicted(first(11)));
    }

    @Test
    void refusesAGapAndNamesWhatItExpects() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(3));

        var failure = client.observing("s", 9, 1).hear(ServerMessage.Failed.class);

        assertThat(failure.problem().type()).isEqualTo(ProblemType.UNEXPECTED_COUNT);
        assertThat(failure.problem().members()).containsEntry("expected", 4L);
        assertSame(client.observe("s", 4, VALUES[3]).forecast(), predicted(first(4)));
    }

    @Test
    void walksSkippedStepsAsMissing() {
        client.open("s", "air:1", new TimeSeries("", TrainedModels.months(), new double[0], Covariates.NONE));
        client.observe("s", 1, 100, 110);

        client.say(new ClientMessage.Observe(null, at(3, 90, "2020-06-30")));

        assertThat(client.hear(ServerMessage.Warning.class).code()).isEqualTo(WarningCode.GAP);
        assertSame(
                client.hear(ServerMessage.Forecasted.class).forecast(),
                predictedBy(1, 100, 110, Double.NaN, Double.NaN, Double.NaN, 90));
    }

    private static Observation at(long seq, double value, String time) {
        return new Observation("s", seq, value, SentTime.parse(time).orElseThrow(), Map.of(), Map.of());
    }

    @Test
    void refusesTimesThatAreNoStepOrTooFarAhead() {
        client.open("s", "air:1", new TimeSeries("", TrainedModels.months(), first(24), Covariates.NONE));

        client.say(new ClientMessage.Observe(null, at(1, 90, "2022-01-12")));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.INVALID_REQUEST);
        client.say(new ClientMessage.Observe(null, at(1, 90, "2999-01-31")));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        client.say(new ClientMessage.Observe(null, at(1, 90, "2021-12-31")));
        assertThat(client.hear(ServerMessage.Warning.class).code()).isEqualTo(WarningCode.OUT_OF_ORDER);
        assertThat(client.hear(ServerMessage.Acked.class).seq()).isZero();

        client.say(new ClientMessage.Observe(null, at(1, VALUES[24], "2022-01-31")));
        assertSame(client.hear(ServerMessage.Forecasted.class).forecast(), predicted(first(25)));
    }

    @Test
    void aForkGoesItsOwnWay() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(30));

        var forked = client.say(new ClientMessage.Fork(null, "s", "what-if")).hear(ServerMessage.Forked.class);

        assertThat(forked.seq()).isEqualTo(30);
        client.observe("what-if", 31, 1, 2, 3);
        assertSame(client.observe("s", 31, from(30, 33)).forecast(), predicted(first(33)));
        double[] other = first(34);
        System.arraycopy(new double[] {1, 2, 3, VALUES[33]}, 0, other, 30, 4);
        assertSame(client.observe("what-if", 34, VALUES[33]).forecast(), predicted(other));
    }

    @Test
    void goesBackAndOnAgain() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(50));

        var rewound = client.say(new ClientMessage.Rewind(null, "s", 40)).hear(ServerMessage.Rewound.class);

        assertThat(rewound.seq()).isEqualTo(40);
        assertSame(client.ask("s").forecast(), predicted(first(40)));
        assertSame(client.observe("s", 41, from(40, 60)).forecast(), predicted(first(60)));
        client.say(new ClientMessage.Rewind(null, "s", 61));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertSame(client.ask("s").forecast(), predicted(first(60)));
    }

    @Test
    void beginsAnewWhenReset() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(20));

        assertThat(client.say(new ClientMessage.Reset(null, "s"))
                        .hear(ServerMessage.WasReset.class)
                        .seq())
                .isZero();

        assertSame(client.observe("s", 1, from(20, 25)).forecast(), predicted(from(20, 25)));
    }

    @Test
    void aSnapshotRestoresElsewhere() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(30));
        String state = client.say(new ClientMessage.Snapshot(null, "s"))
                .hear(ServerMessage.Snapshotted.class)
                .state();
        client.open("t", "air:1", null);
        client.observe("t", 1, 1, 2, 3);

        var restored = client.say(new ClientMessage.Restore(null, "t", state)).hear(ServerMessage.Restored.class);

        assertThat(restored.seq()).isEqualTo(30);
        assertSame(client.observe("t", 31, from(30, 40)).forecast(), predicted(first(40)));
        client.say(new ClientMessage.Rewind(null, "t", 25)).hear(ServerMessage.Rewound.class);
        assertSame(client.ask("t").forecast(), predicted(first(25)));
    }

    @Test
    void refusesForgedStatesAndTokens() {
        client.open("s", "air:1", null);
        String state = client.say(new ClientMessage.Snapshot(null, "s"))
                .hear(ServerMessage.Snapshotted.class)
                .state();

        for (String forged : List.of("", "!", "AAAA", state.substring(2), "B" + state.substring(1), state + "AAAA")) {
            client.say(new ClientMessage.Restore(null, "s", forged));
            assertThat(client.hearFailure()).as(forged).isEqualTo(ProblemType.INVALID_STATE);
            client.say(new ClientMessage.Resume(null, forged, null));
            assertThat(client.hearFailure()).as(forged).isEqualTo(ProblemType.INVALID_TOKEN);
        }
        client.observe("s", 1, 1);
    }
}
