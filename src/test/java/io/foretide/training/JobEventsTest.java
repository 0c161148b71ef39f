package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.network.EpochLoss;
import io.foretide.training.EventReader.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What those who follow a job are told, also across breaks of their connection. */
class JobEventsTest extends TrainingTestBase {
    @LocalServerPort
    int port;

    @Autowired
    JobEvents events;

    @Autowired
    JsonMapper json;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void waitForThoseWhoLeave() {
        await().atMost(PATIENCE)
                .until(() -> meters.get(TrainingMetrics.LISTENERS).gauge().value() == 0);
    }

    private String id(String job, String moment) {
        return jobs.get(job).sequence() + "." + moment;
    }

    private List<String> moments(String job, List<Event> told) {
        String prefix = jobs.get(job).sequence() + ".";
        return told.stream().map(event -> event.id().substring(prefix.length())).toList();
    }

    private String succeeded() {
        String id = submit("done");
        awaitState(id, JobState.SUCCEEDED);
        return id;
    }

    @Test
    void tellsEachEpochOnceAndThenTheEnd() {
        var released = new CountDownLatch(1);
        trainer.behave(monitor -> {
            FakeTrainer.waitFor(released, monitor);
            for (int epoch = 4; epoch <= 9; epoch++) {
                monitor.epochFinished(new EpochLoss(epoch, 0.5, null), 9);
            }
        });
        String id = submit("followed");
        await().atMost(PATIENCE).until(() -> jobs.get(id).progress().epoch() == 3);

        try (var stream = EventReader.open(port, id)) {
            Event first = stream.next();
            released.countDown();
            List<Event> rest = stream.toEnd();

            assertThat(first.id()).isEqualTo(id(id, "1.training.3"));
            assertThat(first.name()).isEqualTo("progress");
            assertThat(moments(id, rest))
                    .startsWith(
                            "1.training.4",
                            "1.training.5",
                            "1.training.6",
                            "1.training.7",
                            "1.training.8",
                            "1.training.9")
                    .endsWith("1.succeeded.9")
                    .doesNotHaveDuplicates();
            assertThat(rest.getLast().name()).isEqualTo("succeeded");
            assertThat(json.readTree(rest.getLast().data()).path("version").asInt())
                    .isEqualTo(1);
            assertThat(stream.retries()).hasSize(1);
            assertThat(stream.headers())
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store", "X-Accel-Buffering: no");
        }
    }

    @Test
    void tellsWhatWasMissedAlsoAfterTheEnd() {
        String id = succeeded();

        try (var stream = EventReader.open(port, id, id(id, "1.training.1"))) {
            List<Event> told = stream.toEnd();

            assertThat(moments(id, told)).containsExactly("1.training.2", "1.training.3", "1.succeeded.3");
            JsonNode second = json.readTree(told.getFirst().data());
            assertThat(second.path("state").asString()).isEqualTo("running");
            assertThat(second.at("/progress/epoch").asInt()).isEqualTo(2);
            assertThat(second.at("/progress/train_loss").asDouble()).isEqualTo(0.5);
            assertThat(second.path("version").isNull()).isTrue();
        }
    }

    @Test
    void beginsWithTheEndWhereNothingWasReceived() {
        String id = succeeded();

        try (var stream = EventReader.open(port, id)) {
            assertThat(moments(id, stream.toEnd())).containsExactly("1.succeeded.3");
        }
    }

    @Test
    void tellsTheEpochsThatALaterRunDidOtherwise() {
        String id = succeeded();
        // As a run leaves it that went on after the second epoch of the run before, which had done four.
        database.sql("update training_job set claim = 2, attempt = 2, epoch = 4")
                .update();
        database.sql("update training_epoch set claim = 2 where epoch = 3").update();
        database.sql("insert into training_epoch (job, claim, epoch, train_loss) values (?, 2, 4, 0.25)")
                .param(id)
                .update();

        try (var sawFour = EventReader.open(port, id, id(id, "1.training.4"));
                var sawOne = EventReader.open(port, id, id(id, "1.training.1"))) {
            assertThat(moments(id, sawFour.toEnd())).containsExactly("2.training.3", "2.training.4", "2.succeeded.4");
            assertThat(moments(id, sawOne.toEnd()))
                    .containsExactly("1.training.2", "2.training.3", "2.training.4", "2.succeeded.4");
        }
    }

    @Test
    void tellsMoreThanFitsIntoOneLook() {
        String id = succeeded();
        addEpochs(id, 2000);

        try (var stream = EventReader.open(port, id, id(id, "1.preparing.0"))) {
            assertThat(stream.toEnd()).hasSize(2001);
        }
    }

    @Test
    void asksNotToReconnectAfterTheEnd() {
        String id = succeeded();

        Answer answer =
                new Client(port).get("/api/v1/jobs/" + id + "/events", "Last-Event-ID", id(id, "1.succeeded.3"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void tellsAWaitingJobThatItWasCancelled() {
        queue.stop();
        String id = submit("waits");

        try (var stream = EventReader.open(port, id)) {
            Event waiting = stream.next();
            jobs.cancel(id);

            assertThat(waiting.id()).isEqualTo(id(id, "1.waiting.0"));
            assertThat(moments(id, stream.toEnd())).containsExactly("0.cancelled.0");
        }
    }

    @Test
    void tellsThatAJobWasHandedBackAndBegunAgain() {
        trainer.hold();
        String id = submit("handed back");
        await().atMost(PATIENCE).until(() -> jobs.get(id).progress().epoch() == 3);
        try (var stream = EventReader.open(port, id)) {
            assertThat(stream.next().id()).isEqualTo(id(id, "1.training.3"));

            queue.stop();

            assertThat(stream.next().id()).isEqualTo(id(id, "2.waiting.0"));
            trainer.behave(monitor -> {
                monitor.epochFinished(new EpochLoss(4, 0.5, null), 5);
                monitor.epochFinished(new EpochLoss(5, 0.4, null), 5);
            });
            queue.start();
            assertThat(moments(id, stream.toEnd()))
                    .containsSubsequence("2.training.4", "2.training.5", "2.succeeded.5")
                    .doesNotHaveDuplicates();
            assertThat(table.lastLosses(id, 10)).extracting(EpochLoss::epoch).containsExactly(1, 2, 3, 4, 5);
        }
        try (var late = EventReader.open(port, id, id(id, "1.training.2"))) {
            assertThat(moments(id, late.toEnd()))
                    .as("the second run did the first epochs with the same losses")
                    .containsExactly("1.training.3", "2.training.4", "2.training.5", "2.succeeded.5");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "1.training.1",
                "%d.1.training",
                "%d.1.training.1.1",
                "%d.1.dreaming.1",
                "%d.-1.training.1",
                "%d.99999999999999999999.training.1",
                "%d.1.failed.3", // it has succeeded
                "%d.1.succeeded.4", // it had three epochs
                "4000000000.1.training.1" // another job
            })
    void refusesWhatIsNoEventOfTheJob(String lastEventId) {
        String id = succeeded();
        String header = lastEventId.formatted(jobs.get(id).sequence());

        Answer answer = new Client(port).get("/api/v1/jobs/" + id + "/events", "Last-Event-ID", header);

        answer.isProblem(400, "invalid-parameter").at("Last-Event-ID");
    }

    @Test
    void refusesAMomentThatTheJobHasNotReached() {
        queue.stop();
        String id = submit("waits");

        Answer answer = new Client(port).get("/api/v1/jobs/" + id + "/events", "Last-Event-ID", id(id, "1.training.1"));

        answer.isProblem(400, "invalid-parameter").saying("has not reached");
    }

    @Test
    void keepsTheConnectionAliveWhereNothingHappens() {
        queue.stop();
        String id = submit("waits");

        try (var stream = EventReader.open(port, id)) {
            assertThat(stream.next().name()).isEqualTo("progress");
            assertThat(stream.nextComment()).isEqualTo("nothing new");
            jobs.cancel(id);
            assertThat(stream.toEnd()).hasSize(1);
        }
    }

    @Test
    void endsStreamsWhenTheProcessStopsAndGoesOnWithTheNext() {
        queue.stop();
        String id = submit("waits");
        try (var stream = EventReader.open(port, id)) {
            String seen = stream.next().id();

            events.stop();
            assertThat(stream.toEnd()).as("nothing but the end").isEmpty();

            events.start();
            jobs.cancel(id);
            try (var next = EventReader.open(port, id, seen)) {
                assertThat(next.toEnd()).extracting(Event::name).containsExactly("cancelled");
            }
        } finally {
            events.start();
        }
    }

    @Test
    void boundsThoseWhoFollowAndHasRoomWhenTheyAreGone() {
        queue.stop();
        String id = submit("popular");
        var client = new Client(port);
        String path = "/api/v1/jobs/" + id + "/events";
        try (var first = EventReader.open(port, id);
                var second = EventReader.open(port, id)) {
            Answer third = client.get(path);

            assertThat(first.status()).contains("200");
            assertThat(second.status()).contains("200");
            third.isProblem(429, "too-many-listeners");
            assertThat(third.header("Retry-After")).isNotEmpty();
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            try (var next = EventReader.open(port, id)) {
                assertThat(next.status()).contains("200");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lastEventId", "last_event_id"})
    void takesNoIdFromTheQuery(String parameter) {
        String id = succeeded();

        Answer answer = new Client(port).get("/api/v1/jobs/" + id + "/events?" + parameter + "=1");

        answer.isProblem(400, "invalid-parameter").at(parameter);
    }

    @Test
    void answersAQuestionForTheHeadersAtOnce() {
        queue.stop();
        String id = submit("waits");

        Answer answer = new Client(port).send("HEAD", "/api/v1/jobs/" + id + "/events");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    }
}
