package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for nothing that a service which has trained and predicted does not tell. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardTest {
    private static final Path DASHBOARD = Path.of("helm/foretide/dashboards/foretide.json");

    /** Of every series, whatever the service says: Prometheus adds them. */
    private static final Set<String> LABELS_OF_A_SCRAPE = Set.of("job", "instance");

    private static final Set<String> OPERATORS = Set.of("by", "or", "sum", "max", "rate", "increase", "topk");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)\\})? \\S+$");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)\\}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|=|!=|!~)\"[^\"]*\"");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

    private final Map<String, Set<String>> labelsOfMetrics = new HashMap<>();

    @BeforeAll
    void scrapesAServiceThatHasTrainedAndPredicted(@TempDir Path folder) throws Exception {
        String rows = Files.readString(Path.of("examples/air-passengers.csv"));
        try (var service = RunningService.start(folder)) {
            service.finished(service.send(post(service, "/api/v1/models/air/train?horizon=3&freq=M&epochs=1", rows)));
            service.send(post(service, "/api/v1/models/air/predict?horizon=3&freq=M", rows));
            String scrape = service.send(HttpRequest.newBuilder(URI.create(service.address() + "/actuator/prometheus"))
                            .build())
                    .body();
            SAMPLE.matcher(scrape)
                    .results()
                    .forEach(sample -> labelsOfMetrics
                            .computeIfAbsent(sample.group(1), _ -> new TreeSet<>(LABELS_OF_A_SCRAPE))
                            .addAll(labels(sample.group(2) == null ? "" : sample.group(2))));
        }
    }

    @Test
    void everyQueryNamesMetricsAndLabelsThatExist() throws Exception {
        List<String> queries = queries();

        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(query -> {
            Matcher selectors = SELECTOR.matcher(query);
            Set<String> known = new TreeSet<>();
            while (selectors.find()) {
                assertThat(labelsOfMetrics).containsKey(selectors.group(1));
                Set<String> labels = labelsOfMetrics.get(selectors.group(1));
                assertThat(labels).containsAll(labels(selectors.group(2)));
                known.addAll(labels);
            }
            assertThat(known).as("its selectors").isNotEmpty();
            assertThat(known).containsAll(groupings(query));
        });
    }

    /** So that the test above sees every metric: what is left beside selectors are functions, numbers and groupings. */
    @Test
    void noQueryNamesAMetricWithoutBraces() throws Exception {
        assertThat(queries()).allSatisfy(query -> {
            String rest = SELECTOR.matcher(query).replaceAll("");
            rest = GROUPING.matcher(rest).replaceAll("by").replaceAll("\\[[^]]*\\]", "");

            assertThat(Pattern.compile("[a-zA-Z_]+").matcher(rest).results().map(word -> word.group()))
                    .allMatch(word -> OPERATORS.contains(word) || word.equals("histogram_quantile"));
        });
    }

    @Test
    void everyPanelAsksTheDataSourceThatIsChosen() throws Exception {
        assertThat(panels())
                .allSatisfy(panel ->
                        assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}"));
    }

    private static List<String> queries() throws Exception {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.get("targets")
                    .forEach(target -> queries.add(target.get("expr").asString()));
        }
        return queries;
    }

    private static List<JsonNode> panels() throws Exception {
        JsonNode dashboard = JsonMapper.builder().build().readTree(Files.readString(DASHBOARD));
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panel -> {
            if (panel.has("targets")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    private static Set<String> labels(String selector) {
        return LABEL.matcher(selector).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> groupings(String query) {
        return GROUPING.matcher(query)
                .results()
                .flatMap(grouping -> Pattern.compile(",\\s*").splitAsStream(grouping.group(1)))
                .collect(Collectors.toSet());
    }

    private static HttpRequest post(RunningService service, String path, String rows) {
        return HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "text/csv")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rows))
                .build();
    }
}
