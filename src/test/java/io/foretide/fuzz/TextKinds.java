package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Rows and lines that are malformed, or make no sense. */
final class TextKinds {
    private static final Predicate<Draft> CSV = draft -> draft.is("text/csv");
    private static final Predicate<Draft> LINES = draft -> draft.is("application/x-ndjson");
    private static final List<String> CELLS = List.of(
            "",
            " ",
            "x",
            "1e400",
            "-1e400",
            "inf",
            "NaN",
            "null",
            "1,5",
            "1e150",
            "0x1p3",
            "1f",
            "\u0000",
            "\u202e1",
            "9".repeat(5_000),
            "\"",
            "\"\"",
            "\"a\nb\"",
            "=cmd|' /C calc'!A0",
            "1949-13-01",
            "1949-02-30",
            "0000-01",
            "9999-12-31",
            "-1-01-01",
            "01/02/1949",
            "1949-01-01T25:00:00",
            "1949-01-01T00:00:00+19:00",
            "1960");
    private static final List<String> HEADERS = List.of(
            "",
            ",",
            "a,b,c",
            "item_id,timestamp,timestamp",
            "timestamp",
            "target",
            "item_id,timestamp,target,target",
            "ds,y",
            "unique_id,ds,y",
            "ITEM_ID,TIMESTAMP,TARGET",
            "item_id;timestamp;target",
            "\"item_id,timestamp,target",
            "item_id,timestamp,target,\u0000",
            "item_id,unique_id,timestamp,target",
            "item_id\ttimestamp\ttarget");

    private TextKinds() {}

    static List<Kind> all() {
        return Kind.together(rows(), files(), jsonLines());
    }

    private static List<Kind> rows() {
        return List.of(
                Kind.of("csv: cell", CSV, (draft, random) -> changeCell(draft, random, pick(CELLS, random))),
                Kind.of("csv: header", CSV, (draft, random) -> changeLine(draft, 0, _ -> pick(HEADERS, random))),
                Kind.of("csv: rows out of order", CSV, TextKinds::shuffle),
                Kind.of(
                        "csv: row twice",
                        CSV,
                        (draft, random) -> changeLine(draft, row(draft, random), row -> row + "\n" + row)),
                Kind.of(
                        "csv: one cell less",
                        CSV,
                        (draft, random) ->
                                changeLine(draft, row(draft, random), row -> row.replaceFirst(",[^,]*$", ""))),
                Kind.of(
                        "csv: one cell more",
                        CSV,
                        (draft, random) -> changeLine(draft, row(draft, random), row -> row + ",1")),
                Kind.of(
                        "csv: open quote",
                        CSV,
                        (draft, random) -> changeLine(draft, row(draft, random), row -> "\"" + row)));
    }

    private static List<Kind> files() {
        return List.of(
                Kind.of(
                        "csv: other separators",
                        CSV,
                        (draft, random) -> draft.text(
                                draft.text().replace(",", pick(List.of(";", "\t", "|", ", ", ",,"), random)))),
                Kind.of(
                        "csv: other line ends",
                        CSV,
                        (draft, random) -> draft.text(draft.text()
                                .replace("\n", pick(List.of("\r", "\r\n", "\n\n", "\u2028", "\u0000"), random)))),
                Kind.of(
                        "csv: cut",
                        CSV,
                        (draft, random) -> draft.text(draft.text()
                                .substring(0, random.nextInt(draft.text().length())))),
                Kind.rare(
                        "csv: huge cell",
                        CSV,
                        (draft, random) -> changeCell(
                                draft, random, "1".repeat(pick(List.of(60_000, 70_000, 1_000_000), random)))),
                Kind.rare(
                        "csv: many columns",
                        CSV,
                        (draft, random) -> changeLine(draft, random.nextInt(2), row -> row + ",c".repeat(100_000))),
                Kind.rare("csv: one long line", CSV, (draft, _) -> draft.text("x".repeat(2_000_000))),
                Kind.rare("csv: many series", CSV, (draft, _) -> draft.text(manySeries(40_000))));
    }

    private static List<Kind> jsonLines() {
        return List.of(
                Kind.of(
                        "lines: one broken",
                        LINES,
                        (draft, random) -> draft.text(draft.text()
                                + pick(
                                        List.of(
                                                "{",
                                                "nonsense",
                                                "[]",
                                                "null",
                                                "{}",
                                                "{\"target\":[]}",
                                                "{\"target\":[1]}{}",
                                                "\u0000",
                                                "{\"target\":" + "[".repeat(100_000)),
                                        random)
                                + "\n")),
                Kind.of(
                        "lines: repeated",
                        LINES,
                        (draft, random) -> draft.text(draft.text().repeat(1 + random.nextInt(300)))),
                Kind.of(
                        "lines: over several lines",
                        LINES,
                        (draft, _) -> draft.text(draft.text().replace(",", ",\n"))),
                Kind.of("lines: replaced character", LINES, TextKinds::replaceCharacter),
                Kind.rare("lines: empty ones", LINES, (draft, _) -> draft.text("\n".repeat(500_000) + draft.text())),
                Kind.rare("lines: many broken", LINES, (draft, _) -> draft.text("{\n".repeat(300_000))));
    }

    private static String manySeries(int count) {
        StringBuilder rows = new StringBuilder("item_id,timestamp,target\n");
        for (int i = 0; i < count; i++) {
            rows.append(i).append(",2020-01-01,1\n");
        }
        return rows.toString();
    }

    private static List<String> lines(Draft draft) {
        return new ArrayList<>(draft.text().lines().toList());
    }

    private static int row(Draft draft, RandomGenerator random) {
        return random.nextInt(Math.max(1, lines(draft).size()));
    }

    private static void changeLine(Draft draft, int index, UnaryOperator<String> change) {
        List<String> lines = lines(draft);
        if (index < lines.size()) {
            lines.set(index, change.apply(lines.get(index)));
        }
        draft.text(String.join("\n", lines) + "\n");
    }

    private static void changeCell(Draft draft, RandomGenerator random, String cell) {
        changeLine(draft, row(draft, random), row -> {
            String[] cells = row.split(",", -1);
            cells[random.nextInt(cells.length)] = cell;
            return String.join(",", cells);
        });
    }

    private static void shuffle(Draft draft, RandomGenerator random) {
        List<String> lines = lines(draft);
        Collections.shuffle(lines.subList(Math.min(1, lines.size()), lines.size()), Random.from(random));
        draft.text(String.join("\n", lines) + "\n");
    }

    private static void replaceCharacter(Draft draft, RandomGenerator random) {
        StringBuilder text = new StringBuilder(draft.text());
        text.setCharAt(random.nextInt(text.length()), (char) (1 + random.nextInt(0x17f)));
        draft.text(text.toString());
    }
}
