package io.foretide.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What came of the requests so far. */
final class Tally {
    private final Map<String, Map<String, Integer>> byKind = new TreeMap<>();
    private final Map<String, Integer> byStatus = new TreeMap<>();
    private final Map<Integer, Integer> failures = new TreeMap<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> succeeded = new HashSet<>();
    private final List<Slow> slowest = new ArrayList<>();
    private int requests;

    /** What was wrong with an answer. */
    record Flaw(Shot shot, List<String> what, String answer) {
        @Override
        public String toString() {
            return shot + ": " + what + "\n    " + answer;
        }
    }

    private record Slow(Duration took, String what) {}

    synchronized void add(Shot shot, Wire.Reply reply, List<String> found) {
        requests++;
        asked.add(shot.operation().toString());
        String outcome = outcome(reply);
        String group =
                shot.kind().replaceFirst(":.*", "").replaceFirst(" .*/.*", "").strip();
        byKind.computeIfAbsent(group, _ -> new TreeMap<>())
                .merge(outcome.replaceFirst("^(\\d)\\d\\d$", "$1xx"), 1, Integer::sum);
        byStatus.merge(outcome, 1, Integer::sum);
        reply.answers().stream()
                .map(Answer::status)
                .filter(status -> status >= 500)
                .forEach(status -> failures.merge(status, 1, Integer::sum));
        if (reply.answers().stream().anyMatch(answer -> answer.status() < 300)) {
            succeeded.add(shot.operation().toString());
        }
        if (!found.isEmpty()) {
            String answer =
                    reply.answers().isEmpty() ? "" : reply.answers().getLast().body();
            flaws.add(new Flaw(shot, found, answer.substring(0, Math.min(600, answer.length()))));
        }
        if (shot.delivery() instanceof Delivery.Whole && !shot.mayBeDropped()) {
            slowest.add(new Slow(reply.took(), shot + " -> " + outcome));
            slowest.sort(Comparator.comparing(Slow::took).reversed());
            slowest.subList(Math.min(5, slowest.size()), slowest.size()).clear();
        }
    }

    private static String outcome(Wire.Reply reply) {
        if (!reply.answers().isEmpty()) {
            return String.valueOf(reply.answers().getLast().status());
        }
        return reply.timedOut() ? "silence" : "closed";
    }

    synchronized int requests() {
        return requests;
    }

    synchronized List<Flaw> flaws() {
        return List.copyOf(flaws);
    }

    /** The operations that were asked for and never succeeded. */
    synchronized Set<String> neverSucceeded() {
        Set<String> never = new java.util.TreeSet<>(asked);
        never.removeAll(succeeded);
        return never;
    }

    /** A table of kinds by class of status, then the statuses and the slowest answers. */
    synchronized String report() {
        StringBuilder report = new StringBuilder();
        List<String> columns = byKind.values().stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        report.append("%-14s".formatted("kind"));
        columns.forEach(column -> report.append("%10s".formatted(column)));
        byKind.forEach((kind, row) -> {
            report.append("\n%-14s".formatted(kind));
            columns.forEach(column -> report.append("%10d".formatted(row.getOrDefault(column, 0))));
        });
        report.append("\n\nstatuses      ").append(byStatus);
        report.append("\n5xx           ")
                .append(failures.values().stream().mapToInt(Integer::intValue).sum())
                .append(failures.isEmpty() ? "" : " of them " + failures);
        report.append("\noperations    %d asked, %d of them with success".formatted(asked.size(), succeeded.size()));
        slowest.forEach(slow ->
                report.append("\nslowest       %d ms, %s".formatted(slow.took().toMillis(), slow.what())));
        return report.toString();
    }
}
