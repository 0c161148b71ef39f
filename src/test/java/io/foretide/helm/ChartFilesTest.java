package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of the chart that follow from others; {@code -Dregenerate} writes those that are stale. */
class ChartFilesTest {
    private static final Path FOLDER = Chart.FORETIDE.folder();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TABLE_BEGINS = "<!-- The table is made from values.yaml. -->\n";
    private static final String TABLE_ENDS = "<!-- The end of the table. -->\n";

    @Test
    void readmeShowsEveryValue() throws IOException {
        Path file = FOLDER.resolve("README.md");
        String text = Files.readString(file);
        int begin = text.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
        int end = text.indexOf(TABLE_ENDS);
        assertThat(end).isGreaterThanOrEqualTo(begin);

        String table = ValuesTable.of(Files.readString(FOLDER.resolve("values.yaml")));

        upToDate(file, text.substring(0, begin) + table + text.substring(end));
    }

    @Test
    void schemaKnowsEveryPropertyOfTheService() throws IOException {
        Path file = FOLDER.resolve("values.schema.json");
        JsonNode schema = JSON.readTree(file.toFile());

        ((ObjectNode) schema.get("properties")).set("foretide", new ConfigurationSchema().generate());
        ((ObjectNode) schema.at("/properties/secretProperties")).set("propertyNames", new ConfigurationSchema().name());

        upToDate(file, pretty(schema));
    }

    private static void upToDate(Path file, String expected) throws IOException {
        if (Boolean.parseBoolean(System.getProperty("regenerate"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s is stale: ./mvnw test -Dtest=ChartFilesTest -Dregenerate=true", file)
                .isEqualTo(expected);
    }

    private static String pretty(JsonNode schema) throws IOException {
        var indent = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
        return JSON.writer(printer).writeValueAsString(schema) + "\n";
    }

    @Test
    void schemaRefusesUnknownKeysWhereverKeysAreKnown() throws IOException {
        List<String> open = new ArrayList<>();

        collectOpen("", JSON.readTree(FOLDER.resolve("values.schema.json").toFile()), open);

        assertThat(open).isEmpty();
    }

    private static void collectOpen(String path, JsonNode schema, List<String> open) {
        if (schema.has("properties")
                && schema.get("properties").isObject()
                && !schema.path("additionalProperties").isBoolean()) {
            open.add(path);
        }
        schema.properties().forEach(entry -> collectOpen(path + "/" + entry.getKey(), entry.getValue(), open));
    }

    @Test
    void schemaAndValuesHaveTheSameKeys() throws IOException {
        JsonNode values = Yaml.read(FOLDER.resolve("values.yaml"));
        JsonNode schema = JSON.readTree(FOLDER.resolve("values.schema.json").toFile());

        List<String> known = new ArrayList<>();
        schema.get("properties").fieldNames().forEachRemaining(known::add);
        known.remove("global");

        assertThat(values.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theChartInstallsTheReleaseThatItIsPartOf() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        String appVersion =
                Yaml.read(FOLDER.resolve("Chart.yaml")).get("appVersion").asText();

        assertThat(pom).contains("<artifactId>foretide</artifactId>\n  <version>" + appVersion + "</version>");
    }

    @Test
    void theArchiveRendersWhatTheFolderRenders() throws IOException {
        Path everything = Chart.example("everything");

        Manifests packaged = Chart.FORETIDE.packaged().render(everything);

        assertThat(packaged).isEqualTo(Chart.FORETIDE.render(everything));
        assertThat(packaged.all(ConfigMap.class)).hasSize(2);
    }
}
