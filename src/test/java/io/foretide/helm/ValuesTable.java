package io.foretide.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of a chart's values: each key of {@code values.yaml} with the comment above it.
 *
 * <p>A key without a comment of its own belongs to the nearest commented key around it; a leaf that has neither is an
 * error, since nobody could know what it does.
 */
final class ValuesTable {
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9./_-]+):(.*)");
    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");

    private record Key(int indent, String name, boolean explained) {}

    private final JsonNode values;
    private final List<String> rows = new ArrayList<>();
    private final Deque<Key> around = new ArrayDeque<>();
    private final List<String> comment = new ArrayList<>();

    private ValuesTable(JsonNode values) {
        this.values = values;
    }

    static String of(String yaml) {
        var table = new ValuesTable(Yaml.read(yaml));
        yaml.lines().forEach(table::read);
        return "| value | default | meaning |\n| --- | --- | --- |\n" + String.join("\n", table.rows) + "\n";
    }

    private void read(String line) {
        Matcher text = COMMENT.matcher(line);
        if (text.matches()) {
            comment.add(text.group(1));
            return;
        }
        Matcher key = KEY.matcher(line);
        if (key.matches()) {
            enter(key.group(1).length(), key.group(2), key.group(3).isBlank());
        }
        comment.clear();
    }

    private void enter(int indent, String name, boolean hasChildren) {
        while (!around.isEmpty() && around.peek().indent() >= indent) {
            around.pop();
        }
        boolean inherited = !around.isEmpty() && around.peek().explained();
        around.push(new Key(indent, name, inherited || !comment.isEmpty()));
        if (!comment.isEmpty()) {
            rows.add("| `%s` | %s | %s |".formatted(path("."), defaultValue(), String.join(" ", comment)));
        } else if (!inherited && !hasChildren) {
            throw new IllegalStateException(path(".") + " of values.yaml has no comment");
        }
    }

    private String path(String separator) {
        List<String> names =
                new ArrayList<>(around.stream().map(Key::name).toList().reversed());
        return String.join(separator, names);
    }

    private String defaultValue() {
        JsonNode value = values;
        for (Key key : around.reversed()) {
            value = value.get(key.name());
        }
        return "`" + value + "`";
    }
}
