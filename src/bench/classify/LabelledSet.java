import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labelled sequences of a file of JSON Lines, as the service takes them.
 *
 * @param test what no training may see
 */
record LabelledSet(List<ObjectNode> train, List<ObjectNode> test) {
    static final String SUFFIX = ".jsonl.gz";

    /** Sets whose name begins so have no split, and ids that end in a date. */
    static final String WEATHER = "weather";

    private static final String TEST_FROM = "2013-07-01";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static LabelledSet read(Path folder, String name) throws IOException {
        var set = new LabelledSet(new ArrayList<>(), new ArrayList<>());
        try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve(name + SUFFIX)))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var sequence = (ObjectNode) JSON.readTree(line);
                String id = sequence.path("id").asString();
                boolean trains = name.startsWith(WEATHER)
                        ? id.substring(id.length() - TEST_FROM.length()).compareTo(TEST_FROM) < 0
                        : sequence.path("split").asString().equals("train");
                sequence.remove("split");
                (trains ? set.train() : set.test()).add(sequence);
            }
        }
        return set;
    }
}
