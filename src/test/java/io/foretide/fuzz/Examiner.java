package io.foretide.fuzz;

import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what is wrong with an answer. */
final class Examiner {
    private static final Set<String> TYPES = Stream.of(ProblemType.values())
            .map(type -> "/problems/" + type.slug())
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern TRACE = Pattern.compile("\tat |\\\\tat |\\.java:\\d+|Exception\\b|java\\.lang\\.");
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.foretide|java\\.(lang|util|io|net|time|nio)\\.|jakarta\\.|tools\\.jackson|com\\.fasterxml|de\\.siegmar|"
                    + "org\\.(springframework|apache|hibernate|h2|postgresql|nd4j|deeplearning4j)|\\bnull\\b \\w+ \\bnull\\b|"
                    + "(/home|/root|/tmp|/var|/usr|/opt)/\\w+|" + Pattern.quote(System.getProperty("user.dir")));
    private static final int LONGEST_DETAIL = 2_000;

    private Examiner() {}

    /** Everything wrong with what came back; empty where nothing is. */
    static List<String> flaws(Shot shot, Wire.Reply reply) {
        List<String> flaws = new ArrayList<>();
        if (reply.timedOut() && reply.answers().isEmpty()) {
            flaws.add("neither an answer nor the end of the connection");
        } else if (reply.answers().isEmpty() && !shot.mayBeDropped()) {
            flaws.add("closed without an answer after %d ms, of which %d for sending"
                    .formatted(reply.took().toMillis(), reply.sending().toMillis()));
        }
        reply.answers().forEach(answer -> examine(shot, answer, flaws));
        return flaws;
    }

    private static void examine(Shot shot, Answer answer, List<String> flaws) {
        if (answer.status() >= 500) {
            flaws.add("status " + answer.status());
        }
        if (!isAboutTheInside(shot) && TRACE.matcher(answer.body()).find()) {
            flaws.add("a stack trace");
        }
        if (answer.status() >= 400) {
            examineProblem(shot, answer, flaws);
        }
    }

    /** Metrics name the classes of failures. */
    private static boolean isAboutTheInside(Shot shot) {
        return shot.operation().path().equals("/actuator/prometheus");
    }

    private static void examineProblem(Shot shot, Answer answer, List<String> flaws) {
        if (!answer.header("content-type").equals("application/problem+json")) {
            flaws.add("content type " + answer.header("content-type"));
        }
        if (shot.bodiless()) {
            return;
        }
        try {
            JsonNode document = JsonKinds.JSON.readTree(answer.body());
            if (!(document instanceof ObjectNode problem)) {
                flaws.add("no problem document");
                return;
            }
            require(TYPES.contains(problem.path("type").asString("")), "an unknown type", flaws);
            require(problem.path("status").asInt(0) == answer.status(), "another status in the document", flaws);
            require(!problem.path("title").asString("").isBlank(), "no title", flaws);
            String detail = problem.path("detail").asString("");
            require(
                    !detail.isBlank() && detail.length() < LONGEST_DETAIL,
                    "detail of %d characters".formatted(detail.length()),
                    flaws);
            problem.remove("instance"); // which is what the client sent
            Matcher inside = INSIDE.matcher(problem.toString());
            require(!inside.find(), "something of the inside", flaws);
        } catch (JacksonException e) {
            flaws.add("a problem that is no JSON");
        }
    }

    private static void require(boolean holds, String otherwise, List<String> flaws) {
        if (!holds) {
            flaws.add(otherwise);
        }
    }
}
