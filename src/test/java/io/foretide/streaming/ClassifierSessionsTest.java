package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.classification.Classification;
import io.foretide.classification.Classifier;
import io.foretide.classification.Sequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelReference;
import io.foretide.series.Covariates;
import io.foretide.series.QuantileLevel;
import io.foretide.series.SentTime;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session of a classifier says after each observation what a prediction of all of them would say, wherever it goes. */
class ClassifierSessionsTest extends OnSessions {
    private static final double[][] STEPS = TrainedClassifiers.steps(60, 2, 9);
    private static final String TEXT = "the story was gre" + "at,   music it's 日本 \ud83d\ude00 fine. ".repeat(3);

    private static Classification predicted(String model, int version, Sequence sequence) {
        return TrainedClassifiers.find(model, version).classify(sequence);
    }

    private static void assertSays(Labelled said, Classification expected) {
        assertThat(said.classification().probabilities()).containsExactly(expected.probabilities());
        assertThat(said.classification().label()).isEqualTo(expected.label());
    }

    private static void assertSays(Labelled said, int steps) {
        assertSays(said, predicted("gesture", 1, Values.of(Arrays.copyOf(STEPS, steps))));
    }

    /** Sends the steps from that one on, and gives what is said of all of them. */
    private Labelled walk(TestClient by, String session, int from, int to) {
        Labelled last = null;
        for (int i = from; i < to; i++) {
            last = by.label(session, i + 1, STEPS[i]);
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gesture", "shape"})
    void streamingValuesEqualsPredictingThem(String model) {
        client.open("s", model + ":1", null);
        int channels = TrainedClassifiers.find(model, 1).settings().channels();
        double[][] steps = TrainedClassifiers.steps(40, channels, 4);

        for (int i = 0; i < steps.length; i++) {
            Labelled said = client.label("s", i + 1, steps[i]);

            assertSays(said, predicted(model, 1, Values.of(Arrays.copyOf(steps, i + 1))));
        }
        assertSays(client.askLabel("s"), predicted(model, 1, Values.of(steps)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void streamingATextEqualsPredictingItHoweverItIsCut(long seed) {
        client.open("s", "mood:1", null);
        var random = new Random(seed);

        int at = 0;
        for (int seq = 1; at < TEXT.length(); seq++) {
            int to = Math.min(TEXT.length(), at + 1 + random.nextInt(4));
            Labelled said = client.label("s", seq, TEXT.substring(at, to));
            at = to;

            assertSays(said, predicted("mood", 1, new Text(TEXT.substring(0, at))));
        }
    }

    @Test
    void saysBeforeTheFirstStepHowFrequentTheLabelsWere() {
        client.open("s", "gesture:1", null);
        Classifier classifier = TrainedClassifiers.gesture();

        assertSays(client.askLabel("s"), classifier.classification(classifier.initialState()));
    }

    @Test
    void acknowledgesWhereNoLabelIsWanted() {
        client.say(new ClientMessage.Open(
                        null,
                        "s",
                        ModelReference.parse("gesture:1"),
                        null,
                        null,
                        Emit.NONE,
                        VersionPolicy.PIN,
                        null,
                        null,
                        null))
                .hear(ServerMessage.Opened.class);

        client.say(new ClientMessage.Observe(null, new Observation("s", 1, 0, STEPS[0], null, Map.of(), Map.of())));

        assertThat(client.hear(ServerMessage.Acked.class).seq()).isEqualTo(1);
        assertSays(client.askLabel("s"), 1);
    }

    @Test
    void labelsManySessionsInOneFrame() {
        List<String> names = List.of("a", "b");
        names.forEach(name -> client.open(name, "shape:1", null));

        ServerMessage.ForecastMany answer = client.observeMany(names, 1, new double[] {4.5, 5.5});

        for (int i = 0; i < 2; i++) {
            var point = (ServerMessage.PointClassification) answer.answers().get(i);
            assertThat(point.seq()).isEqualTo(1);
            assertSays(point.labelled(), predicted("shape", 1, Values.of(4.5 + i)));
        }
    }

    @Test
    void appliesARepeatOnceAndRefusesAGap() {
        client.open("s", "gesture:1", null);
        walk(client, "s", 0, 10);

        client.say(new ClientMessage.Observe(
                null, new Observation("s", 10, 0, new double[] {9, 9}, null, Map.of(), Map.of())));
        assertThat(client.hear(ServerMessage.Warning.class).code()).isEqualTo(WarningCode.DUPLICATE);
        assertThat(client.hear(ServerMessage.Acked.class).seq()).isEqualTo(10);
        client.say(new ClientMessage.Text(null, "s", 14, "x"));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.UNEXPECTED_COUNT);

        assertSays(client.label("s", 11, STEPS[10]), 11);
    }

    @Test
    void forksGoesBackAndBeginsAnew() {
        client.open("s", "gesture:1", null);
        walk(client, "s", 0, 30);

        client.say(new ClientMessage.Fork(null, "s", "t")).hear(ServerMessage.Forked.class);
        assertSays(walk(client, "t", 30, 40), 40);
        client.say(new ClientMessage.Rewind(null, "s", 20)).hear(ServerMessage.Rewound.class);
        assertSays(client.askLabel("s"), 20);
        assertSays(walk(client, "s", 20, 50), 50);
        client.say(new ClientMessage.Reset(null, "s")).hear(ServerMessage.WasReset.class);
        assertSays(walk(client, "s", 0, 3), 3);
    }

    @Test
    void aSnapshotRestoresElsewhere() {
        client.open("s", "gesture:1", null);
        walk(client, "s", 0, 30);
        String state = client.say(new ClientMessage.Snapshot(null, "s"))
                .hear(ServerMessage.Snapshotted.class)
                .state();
        TestClient other = fixture.start().connect();
        other.open("t", "gesture:1", null);
        other.label("t", 1, 3, 4);

        other.say(new ClientMessage.Restore(null, "t", state)).hear(ServerMessage.Restored.class);

        assertSays(walk(other, "t", 30, 40), 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gesture", "shape", "mood"})
    void nothingDurableIsLostWithItsProcess(String model) {
        String token = client.open("s", model + ":1", null);
        boolean reads = TrainedClassifiers.find(model, 1).settings().readsText();
        int channels = Math.max(1, TrainedClassifiers.find(model, 1).settings().channels());
        double[][] steps = TrainedClassifiers.steps(60, channels, 4);
        for (int i = 0; i < 40; i++) {
            label(client, reads, i, steps);
        }
        until(() -> assertThat(client.say(new ClientMessage.AskClassification(null, "s"))
                        .hear(ServerMessage.ClassificationAnswered.class)
                        .durableSeq())
                .isEqualTo(40));
        process.database().takeAway();
        TestClient other = fixture.start().connect();

        assertThat(other.resume(token).seq()).isEqualTo(40);

        Labelled last = null;
        for (int i = 40; i < 60; i++) {
            last = label(other, reads, i, steps);
        }
        assertSays(last, predicted(model, 1, reads ? new Text(TEXT.repeat(2).substring(0, 60)) : Values.of(steps)));
    }

    private static Labelled label(TestClient by, boolean reads, int at, double[][] steps) {
        return reads ? by.label("s", at + 1, TEXT.repeat(2).substring(at, at + 1)) : by.label("s", at + 1, steps[at]);
    }

    @Test
    void comesBackFromTheStoreByItself() {
        SessionFixture.Process forgetful = fixture.start("idle-time=1s");
        TestClient other = forgetful.connect();
        other.open("s", "gesture:1", null);
        walk(other, "s", 0, 30);

        until(() -> assertThat(forgetful.sessions().live().inMemory()).isZero());

        assertSays(walk(other, "s", 30, 40), 40);
    }

    @Test
    void followsAnAliasThatMoves() {
        TrainedClassifiers.find("gesture", 2); // trained before anybody waits for an answer
        client.say(TestClient.opening("s", "gesture@champion", VersionPolicy.MIGRATE, null))
                .hear(ServerMessage.Opened.class);
        walk(client, "s", 0, 10);
        fixture.models.promote(2);

        ServerMessage.Switched switched = null;
        int seq = 10;
        while (switched == null) {
            client.say(new ClientMessage.Observe(
                    null, new Observation("s", seq + 1, 0, STEPS[seq % 60], null, Map.of(), Map.of())));
            seq++;
            switched = client.next() instanceof ServerMessage.Switched there ? there : null;
        }

        assertThat(switched.to()).isEqualTo(2);
        int replayed = (int) switched.replayed();
        double[][] walked = new double[replayed + 1][];
        for (int i = 0; i < walked.length; i++) {
            walked[i] = STEPS[(seq - walked.length + i) % 60];
        }
        assertSays(client.hear(ServerMessage.Classified.class).labelled(), predicted("gesture", 2, Values.of(walked)));
    }

    @Test
    void namesWhatIsForAnotherTaskAndGoesOn() {
        client.open("values", "gesture:1", null);
        client.open("text", "mood:1", null);
        client.open("series", "air:1", null);

        client.say(new ClientMessage.AskForecast(null, "values", null, null, Map.of()));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        client.say(new ClientMessage.Text(null, "values", 1, "text"));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.INVALID_SEQUENCE);
        assertThat(client.observing("values", 1, 5).hearFailure()).isEqualTo(ProblemType.INVALID_SEQUENCE);
        assertThat(client.observing("text", 1, 5).hearFailure()).isEqualTo(ProblemType.INVALID_SEQUENCE);
        client.say(new ClientMessage.Text(null, "series", 1, "text"));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        client.say(new ClientMessage.AskClassification(null, "series"));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.TASK_MISMATCH);
        client.say(new ClientMessage.Observe(
                null, new Observation("series", 1, 0, new double[] {1, 2}, null, Map.of(), Map.of())));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.INVALID_REQUEST);
        client.say(new ClientMessage.Observe(
                null,
                new Observation(
                        "values", 1, 0, STEPS[0], SentTime.parse("2020-01-31").orElseThrow(), Map.of(), Map.of())));
        assertThat(client.hearFailure()).isEqualTo(ProblemType.INVALID_REQUEST);

        assertSays(client.label("values", 1, STEPS[0]), 1);
        client.label("text", 1, "fine");
        client.observe("series", 1, 5);
    }

    @Test
    void refusesToOpenWithWhatOnlyForecastsHave() {
        ModelReference model = ModelReference.parse("gesture:1");
        var series = new TimeSeries("", null, new double[0], Covariates.NONE);
        for (var open : List.of(
                new ClientMessage.Open(null, "s", model, 3, null, Emit.EACH, VersionPolicy.PIN, null, null, null),
                new ClientMessage.Open(
                        null,
                        "s",
                        model,
                        null,
                        List.of(QuantileLevel.MEDIAN),
                        Emit.EACH,
                        VersionPolicy.PIN,
                        null,
                        null,
                        null),
                new ClientMessage.Open(
                        null, "s", model, null, null, Emit.EACH, VersionPolicy.PIN, series, null, null))) {
            assertThat(client.say(open).hearFailure()).isEqualTo(ProblemType.INVALID_REQUEST);
        }
        client.open("s", "gesture:1", null);
    }

    @Test
    void refusesMoreTextThanOneMessageMayHave() {
        TestClient other = fixture.start("max-text=100").connect();
        other.open("s", "mood:1", null);

        other.say(new ClientMessage.Text(null, "s", 1, "x".repeat(101)));

        assertThat(other.hearFailure()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        other.label("s", 1, "x".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void takesWhateverCharactersThereAre(long seed) {
        String token = client.open("s", "mood:1", null);
        var random = new Random(seed);
        MessageEncoder encoder = Codec.encoder();
        for (int seq = 1; seq <= 40; seq++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1)); // halves of pairs as well
                    case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                    case 2 -> text.append((char) random.nextInt(32));
                    default -> text.append(" fine");
                }
            }
            var answer = client.say(new ClientMessage.Text(null, "s", seq, text.toString()))
                    .hear(ServerMessage.Classified.class);
            assertThat(encoder.encode(answer).toString()).matches("\\p{ASCII}*");
        }
        Labelled said = client.askLabel("s");
        until(() -> assertThat(client.say(new ClientMessage.AskClassification(null, "s"))
                        .hear(ServerMessage.ClassificationAnswered.class)
                        .durableSeq())
                .isEqualTo(40));

        TestClient other = fixture.start().connect();
        other.resume(token);

        assertSays(other.askLabel("s"), said.classification());
    }
}
