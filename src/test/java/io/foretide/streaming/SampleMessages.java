package io.foretide.streaming;

import io.foretide.classification.Classification;
import io.foretide.generation.FinishReason;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** Messages of every kind, and their texts, which the tests of {@code docs/asyncapi.yaml} read as well. */
final class SampleMessages {
    private static final Path FOLDER = Path.of("src/test/resources/streaming");

    static final Forecast FORECAST = new Forecast(
            new double[] {412.5, 446.125},
            List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN),
            new double[][] {{395.25, 421.75}, {412.125, 445.875}});

    static final Scored SCORED = new Scored(440.5, 8.5, 0.6875, false, 0.8125);

    static final Labelled LABELLED =
            new Labelled(List.of("rain", "日 \"sun\""), new Classification("rain", new double[] {0.75, 0.25}));

    private static final Frequency MONTHS = Frequency.parse("M");
    private static final Timeline TIMELINE =
            new Timeline(ZonedDateTime.of(1960, 10, 1, 0, 0, 0, 0, ZoneOffset.UTC), MONTHS, TimeStyle.MONTH);

    static final List<ServerMessage> OF_THE_SERVICE = List.of(
            new ServerMessage.Opened("e1", "a", "air", 3, "MTIz.c2ln", 0),
            new ServerMessage.Resumed(null, "a", "air", 3, "MTIz.c2ln", 17, 16),
            new ServerMessage.Forecasted(
                    "e2", "a", 1, 0, new ServerMessage.Times(MONTHS, TIMELINE, 4), FORECAST, SCORED),
            new ServerMessage.Forecasted(null, "a", 1, 1, ServerMessage.Times.UNKNOWN, FORECAST, null),
            new ServerMessage.ForecastAnswered("e3", "a", 1, 1, ServerMessage.Times.UNKNOWN, FORECAST),
            new ServerMessage.Acked("e4", "a", 2, 1),
            new ServerMessage.ForecastMany(
                    "e5",
                    List.of(
                            new ServerMessage.PointForecast("a", 3, 1, FORECAST, SCORED),
                            new ServerMessage.PointError("nowhere", 1, SessionProblems.unknown("nowhere")),
                            new ServerMessage.PointAck("b", 1, 0))),
            new ServerMessage.ForecastMany(null, List.of()),
            new ServerMessage.AckMany(new String[] {"a", "b"}, new long[] {3, 1}, new long[] {3, 1}),
            new ServerMessage.Forked("e6", "a", "what-if", "MTI0.c2ln", 3),
            new ServerMessage.Rewound("e7", "a", 2),
            new ServerMessage.WasReset("e8", "a", 0),
            new ServerMessage.Snapshotted("e9", "a", 3, "AAEC.c2ln"),
            new ServerMessage.Restored("e10", "a", 3),
            new ServerMessage.Closed("e11", "a", 3, CloseReason.CLOSED),
            new ServerMessage.Closed(null, "a", 3, CloseReason.TAKEN_OVER),
            new ServerMessage.Pong("e12"),
            new ServerMessage.Switched("a", 3, 4, 64),
            new ServerMessage.Warning("e13", "a", WarningCode.DUPLICATE, "Observation 3 was applied already."),
            new ServerMessage.Warning(null, null, WarningCode.COALESCED, "2 forecasts were replaced by newer ones."),
            new ServerMessage.Draining(Instant.parse("2026-01-02T03:04:05Z")),
            new ServerMessage.Failed("e14", "a", SessionProblems.unexpectedCount("a", 4, 9)),
            new ServerMessage.Failed(null, null, SessionProblems.tooLarge(1024)),
            new ServerMessage.Failed(
                    null,
                    null,
                    new ProblemException(ProblemType.DRAINING, "This process ends.").retryAfter(Duration.ofMillis(1))),
            new ServerMessage.Classified("e15", "g", 1, 0, LABELLED),
            new ServerMessage.ClassificationAnswered(null, "g", 1, 1, LABELLED),
            new ServerMessage.ForecastMany(null, List.of(new ServerMessage.PointClassification("g", 2, 1, LABELLED))),
            new ServerMessage.Token("e16", "t", 0, "日\ud83d\ude00"),
            new ServerMessage.Generated(
                    "e16", "t", 2, 1, null, FinishReason.CANCELLED, new ServerMessage.Counts(12, 1), 7),
            new ServerMessage.Generated(
                    null, "t", 3, 3, " there was", FinishReason.STOP, new ServerMessage.Counts(13, 11), 7));

    private SampleMessages() {}

    /** What clients send, a message a line. */
    static List<String> textsOfClients() {
        return lines("client.jsonl");
    }

    /** The texts of {@link #OF_THE_SERVICE}, a message a line. */
    static List<String> textsOfTheService() {
        return lines("server.jsonl");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
