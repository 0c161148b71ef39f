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
    private final Queue<Runnable> senders = new ArrayDeque<>();
    private final Outboxes outboxes = new Outboxes(
            Codec.properties("outbox-size=4KB", "max-outbox-size=16KB", "max-outbox-memory=64KB"),
            Codec.encoder(),
            new StreamMetrics(meters),
            senders::add);

    private static ServerMessage forecast(String session, long seq) {
        return new ServerMessage.Forecasted(
                null, session, seq, 0, ServerMessage.Times.UNKNOWN, SampleMessages.FORECAST, null);
    }

    private static ServerMessage ack(String session, long seq) {
        return new ServerMessage.Acked(null, session, seq, 0);
    }

    private static List<JsonNode> messages(RecordedLine line) {
        return line.sent().stream().map(JSON::readTree).toList();
    }

    private static List<Long> seqs(RecordedLine line, String session, String type) {
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
    void sendsTogetherWhatGathersWhileItIsHeld() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        outbox.hold();
        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));
        List<String> before = line.sent();
        outbox.release();

        assertThat(before).isEmpty();
        assertThat(seqs(line, "a", "ack")).containsExactly(1L, 2L);
        assertThat(line.together()).containsExactly(2);
        assertThat(senders).isEmpty();
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void leavesWhatWasHeldToAnotherThreadWhereThereIsMoreToRead() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        for (int seq = 1; seq <= 3; seq++) {
            outbox.hold();
            outbox.send(ack("a", seq));
            outbox.leave();
        }
        List<String> before = line.sent();
        runSenders();

        assertThat(before).isEmpty();
        assertThat(seqs(line, "a", "ack")).containsExactly(1L, 2L, 3L);
        assertThat(line.together()).containsExactly(3);
    }

    @Test
    void leavesSendingToAnotherThreadWhereTooManyReadersSend() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);
        int sendingReaders = 0;
        while (outboxes.readerMaySend()) {
            sendingReaders++;
        }

        outbox.hold();
        outbox.send(ack("a", 1));
        outbox.release();
        List<String> before = line.sent();
        runSenders();

        assertThat(sendingReaders).isPositive();
        assertThat(before).isEmpty();
        assertThat(seqs(line, "a", "ack")).containsExactly(1L);
    }

    @Test
    void keepsTheOrderForAClientThatReadsLater() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 5).forEach(seq -> outbox.send(forecast("a", seq)));
        runSenders();

        assertThat(seqs(line, "a", "forecast")).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(coalesced()).isZero();
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void letsOlderForecastsGiveWayToTheNewestOfEachSession() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        outbox.send(ack("x", 1));
        LongStream.rangeClosed(1, 10_000).forEach(seq -> {
            outbox.send(forecast("a", seq));
            outbox.send(forecast("b", seq));
        });
        runSenders();

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
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 1000).forEach(seq -> outbox.send(forecast("a", seq)));
        runSenders();

        assertThat(messages(line))
                .filteredOn(message -> message.path("type").asString().equals("warning"))
                .isNotEmpty()
                .allMatch(warning -> warning.path("code").asString().equals("coalesced"))
                .allMatch(warning -> warning.path("session").asString().equals("a"));
    }

    @Test
    void letsPartsOfOlderFramesGiveWay() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 30)
                .forEach(seq -> outbox.send(new ServerMessage.ForecastMany(
                        "e" + seq,
                        List.of(
                                new ServerMessage.PointForecast("a", seq, 0, SampleMessages.FORECAST, null),
                                new ServerMessage.PointError("b", seq, SessionProblems.unknown("b"))))));
        runSenders();

        var frames = messages(line).stream()
                .filter(message -> message.path("type").asString().equals("forecast.many"))
                .toList();
        assertThat(frames).hasSize(30).allMatch(frame -> frame.path("errors").size() == 1);
        assertThat(frames.getLast().at("/forecasts/0/seq").longValue()).isEqualTo(30);
        assertThat(coalesced()).isPositive();
    }

    @Test
    void neverDropsWhatIsNoForecastAfterAnObservation() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 30).forEach(seq -> {
            outbox.send(ack("a", seq));
            outbox.send(new ServerMessage.ForecastAnswered(
                    "e" + seq, "a", seq, 0, ServerMessage.Times.UNKNOWN, SampleMessages.FORECAST));
        });
        runSenders();

        assertThat(seqs(line, "a", "ack")).hasSize(30);
        assertThat(seqs(line, "a", "forecast")).hasSize(30);
    }

    @Test
    void givesUpAClientForWhichTooMuchWaits() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);

        LongStream.rangeClosed(1, 10_000).forEach(seq -> outbox.send(ack("a", seq)));

        assertThat(line.closed()).isEqualTo(Outbox.TOO_SLOW);
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void givesUpClientsForWhichTooMuchWaitsTogether() {
        List<RecordedLine> lines =
                IntStream.range(0, 100).mapToObj(i -> new RecordedLine()).toList();
        List<Outbox> all = lines.stream().map(outboxes::open).toList();

        LongStream.rangeClosed(1, 120).forEach(seq -> all.forEach(outbox -> outbox.send(ack("a", seq))));

        assertThat(lines).anyMatch(line -> Outbox.TOO_SLOW.equals(line.closed()));
        assertThat(outboxes.waiting()).isLessThan(100 * (16 << 10) + (64 << 10));
    }

    @Test
    void letsOthersHaveTheirTurnAfterAWhile() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);
        LongStream.rangeClosed(1, 70).forEach(seq -> outbox.send(ack("a", seq)));

        senders.remove().run();
        int atFirst = line.sent().size();
        runSenders();

        assertThat(atFirst).isLessThan(70);
        assertThat(seqs(line, "a", "ack")).hasSize(70);
    }

    @Test
    void sendsAllThatWaitsBeforeTheEnd() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);
        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));

        outbox.end(CloseStatus.GOING_AWAY);
        outbox.send(ack("a", 3));
        assertThat(line.closed()).isNull();
        runSenders();

        assertThat(seqs(line, "a", "ack")).containsExactly(1L, 2L);
        assertThat(line.closed()).isEqualTo(CloseStatus.GOING_AWAY);
    }

    @Test
    void endsAtOnceWhereNothingWaits() {
        RecordedLine line = new RecordedLine();

        outboxes.open(line).end(CloseStatus.NORMAL);

        assertThat(line.closed()).isEqualTo(CloseStatus.NORMAL);
    }

    @Test
    void closesALineThatBroke() {
        RecordedLine line = new RecordedLine();
        Outbox outbox = outboxes.open(line);
        outbox.send(ack("a", 1));
        outbox.send(ack("a", 2));

        line.breakOff();
        runSenders();
        outbox.send(ack("a", 3));

        assertThat(line.sent()).isEmpty();
        assertThat(line.closed()).isEqualTo(CloseStatus.SERVER_ERROR);
        assertThat(outboxes.waiting()).isZero();
    }

    @Test
    void keepsTheOrderOfEachOfManySendersAtOnce() throws InterruptedException {
        RecordedLine line = new RecordedLine();
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

    private void runSenders() {
        for (Runnable work = senders.poll(); work != null; work = senders.poll()) {
            work.run();
        }
    }
}
