package chaos;

import chaos.Walk.Change;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** What one client makes of problems: some are to be expected when processes come and go, and all others count. */
final class Refusals {
    private static final List<String> OF_ELSEWHERE = List.of("unknown-session", "session-elsewhere");

    private final Walks walks;
    private final Random random;
    private final Tally tally;

    Refusals(Walks walks, Random random, Tally tally) {
        this.walks = walks;
        this.random = random;
        this.tally = tally;
    }

    /** A message of the type error. */
    void of(Line line, JsonNode message) {
        String id = message.path("event_id").asString("");
        JsonNode problem = message.path("error");
        boolean asked = id.contains("#");
        Walk walk = walks.named(
                asked ? id.substring(0, id.indexOf('#')) : message.path("session").asString(""));
        boolean about = walk != null && walk.line() == line;
        if (asked && (walk == null || !walk.isAnswered(id) || !about)) {
            return;
        }
        if (walk != null) {
            walk.happened("is refused %s: %s".formatted(id, slug(problem)), line);
        }
        if (id.equals("ask") && about) {
            walk.asksFinallyAgain();
        }
        if (!asked) {
            observation(line, walk, problem);
        } else if (walk.isResuming() && !(walk.pending() instanceof Change.Open)) {
            resume(walk, problem);
        } else {
            change(walk, problem);
        }
    }

    /** One of many observations. */
    void ofPoint(Line line, String session, JsonNode problem) {
        observation(line, walks.named(session), problem);
    }

    private static boolean isForLater(JsonNode problem) {
        int status = problem.path("status").asInt();
        return status == 503 || status == 429 || status == 504;
    }

    private static String slug(JsonNode problem) {
        return problem.path("type").asString("").replace("/problems/", "");
    }

    private void resume(Walk walk, JsonNode problem) {
        if (isForLater(problem) || slug(problem).equals("session-elsewhere")) {
            walks.lose(walk, 200 + random.nextInt(500));
        } else if (walk.pending() instanceof Change.Close) {
            walks.remove(walk);
        } else if (problem.path("status").asInt() / 100 == 4) {
            tally.lost("%s is not there: %s".formatted(walk.name(), problem));
            walks.remove(walk);
        } else {
            tally.other(slug(problem), "resume of %s: %s".formatted(walk.describe(), problem));
            walks.lose(walk, 500);
        }
    }

    private void change(Walk walk, JsonNode problem) {
        boolean limited = slug(problem).equals("limit-exceeded");
        boolean known = isForLater(problem)
                || walk.pending() instanceof Change.Rewind && limited
                || OF_ELSEWHERE.contains(slug(problem));
        if (!known) {
            tally.other(slug(problem), "%s of %s: %s".formatted(walk.pending(), walk.name(), problem));
        }
        if (limited) {
            walk.changeFailed();
        } else {
            walks.lose(walk, 200 + random.nextInt(300)); // where it stands is asked
        }
    }

    private void observation(Line line, Walk walk, JsonNode problem) {
        if (walk == null || walk.line() != line || walk.isResuming()) {
            return; // it is elsewhere, or about to be
        }
        if (slug(problem).equals("unexpected-count")) {
            int expected = problem.path("expected").asInt();
            if (expected <= walk.applied() || expected > walk.last() + 1) {
                walks.lose(walk, 0); // where it stands is asked
            } else {
                walk.sendFrom(expected, 0);
            }
        } else if (isForLater(problem)) {
            walk.sendFrom(walk.applied() + 1, 300);
        } else {
            if (!OF_ELSEWHERE.contains(slug(problem))) {
                tally.other(slug(problem), "%s: %s".formatted(walk.describe(), problem));
            }
            walks.lose(walk, 100);
        }
    }
}
