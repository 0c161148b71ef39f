package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits for clients that read, that read slowly, and that do not. */
class OutboxTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Runnable> relief = new ArrayDeque<>();
    private final Outboxes outboxes = new Outboxes(
            Codec.properties("outbox-size=4KB", "max-outbox-size=16KB", "max-outbox-memory=64KB"),
            Codec.encoder(),
            new StreamMetrics(meters),
            relief::add);

    private static ServerMessage forecast(String session, long seq) {
        return new ServerMessage.Forecasted(
                null, session, seq, 0, ServerMessage.Times.UNKNOWN, SampleMessages.FORECAST, null);
    }

    private static ServerMessage ack(String session, long seq) {
        return new ServerMessage.Acked(null, session, seq, 0);
    }

    private static List<JsonNode> messages(HeldLine line) {
        return line.sent().stream().map(JSON::readTree).toList();
    }

    private static List<Long> seqs(HeldLine line, String session, String type) {
        return messages(line).stream()
                .filter(message -> message.path("session").asString().equals(session))
                .filter(message -> message.path("type").asString().equals(type))
                .map(message -> message.path("seq").longValue())
                .toList();
    }

    private double coalesced() {
        return meters.get("foretide.stream.coalesced").counter().count();
    }

    @Test
    void sendsAtOnceToAClientThatReads() {
        HeldLine line = HeldLine.reading();
        Outbox outbox = outboxes.open(line);

        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));

        assertThat(seqs(line, "a", "ack")).containsExactly(1L, 2L);
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void keepsTheOrderForAClientThatReadsLater() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 5).forEach(seq -> outbox.send(forecast("a", seq)));
        line.take(Integer.MAX_VALUE);

        assertThat(seqs(line, "a", "forecast")).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(coalesced()).isZero();
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void letsOlderForecastsGiveWayToTheNewestOfEachSession() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        outbox.send(ack("x", 1));
        LongStream.rangeClosed(1, 10_000).forEach(seq -> {
            outbox.send(forecast("a", seq));
            outbox.send(forecast("b", seq));
        });
        line.take(Integer.MAX_VALUE);
        runRelief();

        assertThat(line.closed()).isNull();
        assertThat(seqs(line, "a", "forecast")).isSorted().endsWith(10_000L);
        assertThat(seqs(line, "b", "forecast")).isSorted().endsWith(10_000L);
        assertThat(line.sent()).hasSizeLessThan(100);
        assertThat(coalesced()
                        + seqs(line, "a", "forecast").size()
                        + seqs(line, "b", "forecast").size())
                .isEqualTo(20_000);
    }

    @Test
    void warnsOfForecastsThatGaveWay() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 1000).forEach(seq -> outbox.send(forecast("a", seq)));
        line.take(Integer.MAX_VALUE);
        runRelief();

        assertThat(messages(line))
                .filteredOn(message -> message.path("type").asString().equals("warning"))
                .isNotEmpty()
                .allMatch(warning -> warning.path("code").asString().equals("coalesced"))
                .allMatch(warning -> warning.path("session").asString().equals("a"));
    }

    @Test
    void letsPartsOfOlderFramesGiveWay() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 30)
                .forEach(seq -> outbox.send(new ServerMessage.ForecastMany(
                        "e" + seq,
                        List.of(
                                new ServerMessage.PointForecast("a", seq, 0, SampleMessages.FORECAST, null),
                                new ServerMessage.PointError("b", seq, SessionProblems.unknown("b"))))));
        line.take(Integer.MAX_VALUE);
        runRelief();

        var frames = messages(line).stream()
                .filter(message -> message.path("type").asString().equals("forecast.many"))
                .toList();
        assertThat(frames).hasSize(30).allMatch(frame -> frame.path("errors").size() == 1);
        assertThat(frames.getLast().at("/forecasts/0/seq").longValue()).isEqualTo(30);
        assertThat(coalesced()).isPositive();
    }

    @Test
    void neverDropsWhatIsNoForecastAfterAnObservation() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 30).forEach(seq -> {
            outbox.send(ack("a", seq));
            outbox.send(new ServerMessage.ForecastAnswered(
                    "e" + seq, "a", seq, 0, ServerMessage.Times.UNKNOWN, SampleMessages.FORECAST));
        });
        line.take(Integer.MAX_VALUE);
        runRelief();

        assertThat(seqs(line, "a", "ack")).hasSize(30);
        assertThat(seqs(line, "a", "forecast")).hasSize(30);
    }

    @Test
    void givesUpAClientForWhichTooMuchWaits() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 10_000).forEach(seq -> outbox.send(ack("a", seq)));

        assertThat(line.closed()).isEqualTo(Outbox.TOO_SLOW);
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void givesUpClientsForWhichTooMuchWaitsTogether() {
        List<HeldLine> lines =
                IntStream.range(0, 100).mapToObj(i -> HeldLine.notReading()).toList();
        List<Outbox> all = lines.stream().map(outboxes::open).toList();

        LongStream.rangeClosed(1, 120).forEach(seq -> all.forEach(outbox -> outbox.send(ack("a", seq))));

        assertThat(lines).anyMatch(line -> Outbox.TOO_SLOW.equals(line.closed()));
        assertThat(outboxes.waiting()).isLessThan(100 * (16 << 10) + (64 << 10));
    }

    @Test
    void letsTheSendersThreadGoAfterAWhile() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);
        outbox.send(ack("a", 1));
        LongStream.rangeClosed(2, 70).forEach(seq -> outbox.send(ack("a", seq)));

        line.take(Integer.MAX_VALUE);
        int before = line.sent().size();
        runRelief();

        assertThat(before).isLessThan(70);
        assertThat(seqs(line, "a", "ack")).hasSize(70);
    }

    @Test
    void sendsAllThatWaitsBeforeTheEnd() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);
        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));

        outbox.end(CloseStatus.GOING_AWAY);
        outbox.send(ack("a", 3));
        assertThat(line.closed()).isNull();
        line.take(Integer.MAX_VALUE);

        assertThat(seqs(line, "a", "ack")).containsExactly(1L, 2L);
        assertThat(line.closed()).isEqualTo(CloseStatus.GOING_AWAY);
    }

    @Test
    void endsAtOnceWhereNothingWaits() {
        HeldLine line = HeldLine.reading();

        outboxes.open(line).end(CloseStatus.NORMAL);

        assertThat(line.closed()).isEqualTo(CloseStatus.NORMAL);
    }

    @Test
    void closesALineThatBroke() {
        HeldLine line = HeldLine.notReading();
        Outbox outbox = outboxes.open(line);
        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));

        line.breakOff();
        outbox.send(ack("a", 3));

        assertThat(line.sent()).hasSize(1);
        assertThat(line.closed()).isEqualTo(CloseStatus.SERVER_ERROR);
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void keepsTheOrderOfEachOfManySendersAtOnce() throws InterruptedException {
        HeldLine line = HeldLine.reading();
        var roomy = new Outboxes(
                Codec.properties("outbox-size=100MB", "max-outbox-size=100MB"),
                Codec.encoder(),
                new StreamMetrics(new SimpleMeterRegistry()),
                Runnable::run);
        Outbox outbox = roomy.open(line);
        int senders = 4;
        int each = 2000;
        var done = new CountDownLatch(senders);
        for (int sender = 0; sender < senders; sender++) {
            String session = "s" + sender;
            Thread.ofPlatform().start(() -> {
                LongStream.rangeClosed(1, each).forEach(seq -> outbox.send(ack(session, seq)));
                done.countDown();
            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();

        outbox.end(CloseStatus.NORMAL);
        assertThat(line.sent()).hasSize(senders * each);
        for (int sender = 0; sender < senders; sender++) {
            assertThat(seqs(line, "s" + sender, "ack"))
                    .isEqualTo(LongStream.rangeClosed(1, each).boxed().toList());
        }
    }

    private void runRelief() {
        for (Runnable work = relief.poll(); work != null; work = relief.poll()) {
            work.run();
        }
    }
}
