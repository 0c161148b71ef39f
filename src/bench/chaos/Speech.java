package chaos;

import chaos.Walk.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What one client says about its sessions, message by message. */
final class Speech {
    private static final List<String> LEVELS = List.of("0.5", "0.1,0.5,0.9", "0.05,0.25,0.5,0.75,0.975");

    private final String model;
    private final Walks walks;
    private final Random random;
    private final Tally tally;
    private int messages;

    Speech(String model, Walks walks, Random random, Tally tally) {
        this.model = model;
        this.walks = walks;
        this.random = random;
        this.tally = tally;
    }

    /** The number of the last message with observations. */
    int messages() {
        return messages;
    }

    void open(Line line) throws InterruptedException {
        Context opening = Context.opening(random);
        var walk = new Walk(walks.newName(), random.nextInt(4) > 0, List.of(opening), tally);
        walks.add(walk);
        walk.resumeOn(line);
        walk.change(new Change.Open());
        line.send(
                "{\"type\":\"session.open\",\"event_id\":\"%s\",\"session\":\"%s\",\"model\":\"%s\",\"emit\":\"%s\",\"horizon\":%d,\"quantiles\":[%s],\"series\":%s}"
                        .formatted(
                                walk.request(),
                                walk.name(),
                                model,
                                walk.emits() ? "each" : "none",
                                1 + random.nextInt(9),
                                LEVELS.get(random.nextInt(LEVELS.size())),
                                Truth.series(opening, opening.values())));
    }

    void resume(Walk walk, Line line) throws InterruptedException {
        walk.resumeOn(line);
        line.send("{\"type\":\"session.resume\",\"event_id\":\"%s\",\"token\":\"%s\",\"last_seq\":%d}"
                .formatted(walk.request(), walk.token(), walk.applied()));
    }

    /** Asks for anything but an opening. */
    void change(Walk walk, Change change) throws InterruptedException {
        walk.change(change);
        walk.line()
                .send("{\"type\":\"%s\",\"event_id\":\"%s\",\"session\":\"%s\"%s}"
                        .formatted(type(change), walk.request(), walk.name(), fields(change)));
    }

    private static String type(Change change) {
        return switch (change) {
            case Change.Open _ -> "session.open";
            case Change.Fork _ -> "session.fork";
            case Change.Rewind _ -> "session.rewind";
            case Change.Snapshot _ -> "session.snapshot";
            case Change.Restore _ -> "session.restore";
            case Change.Close _ -> "session.close";
        };
    }

    private static String fields(Change change) {
        return switch (change) {
            case Change.Fork(String fork) -> ",\"new_session\":\"%s\"".formatted(fork);
            case Change.Rewind(int toSeq) -> ",\"to_seq\":%d".formatted(toSeq);
            case Change.Restore(Walk.Kept state) -> ",\"state\":\"%s\"".formatted(state.state());
            case Change.Open _, Change.Snapshot _, Change.Close _ -> "";
        };
    }

    /** Sends the next observation that is known already. */
    void observe(Walk walk) throws InterruptedException {
        Context upcoming = walk.upcoming();
        boolean timed = upcoming.skipped() > 0 || random.nextInt(8) == 0;
        walk.line()
                .send("{\"type\":\"observe\",\"event_id\":\"%d\",\"session\":\"%s\",\"seq\":%d,\"value\":%s%s}"
                        .formatted(
                                ++messages,
                                walk.name(),
                                walk.send(),
                                upcoming.valueAsJson(),
                                timed ? ",\"time\":\"%s\"".formatted(upcoming.time()) : ""));
    }

    /** One of most sessions of a connection, and of some another one. */
    void observeMany(Line line) throws InterruptedException {
        List<String> points = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (Walk walk : walks.all()) {
                if (walk.line() == line && walk.takes() && random.nextInt(4) > round) {
                    walk.draw(random);
                    Context upcoming = walk.upcoming();
                    if (upcoming.skipped() == 0) {
                        points.add("[\"%s\",%d,%s]".formatted(walk.name(), walk.send(), upcoming.valueAsJson()));
                    }
                }
            }
        }
        line.send("{\"type\":\"observe.many\",\"event_id\":\"%d\",\"points\":[%s]}"
                .formatted(++messages, String.join(",", points)));
    }

    /** Asks for a forecast. */
    void ask(Walk walk, int horizon) throws InterruptedException {
        walk.line()
                .send("{\"type\":\"forecast\",\"event_id\":\"ask\",\"session\":\"%s\",\"horizon\":%d}"
                        .formatted(walk.name(), horizon));
    }
}
