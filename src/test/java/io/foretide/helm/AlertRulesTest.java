package io.foretide.helm;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The alerts of the chart, judged by Prometheus's own tool. */
class AlertRulesTest {
    private static final Path CASES = Path.of("src/test/resources/alerts.yaml");
    private static final Path METRICS = Path.of("docs/metrics.md");

    /** Of Prometheus and of kube-state-metrics: the service has no say in them. */
    private static final Set<String> NOT_OURS = Set.of("up", "kube_deployment_status_replicas_ready");

    private static final PrometheusRule RULES =
            Chart.FORETIDE.render(Chart.example("monitoring")).only(PrometheusRule.class);

    @TempDir
    private Path folder;

    @Test
    void prometheusAcceptsEveryRule() throws Exception {
        promtool("check", "rules", rules(RULES).toString());
        promtool(
                "check",
                "rules",
                rules(Chart.FORETIDE.render(Chart.example("everything")).only(PrometheusRule.class))
                        .toString());
    }

    @Test
    void alertsFireWhenTheyShouldAndNotOtherwise() throws Exception {
        rules(RULES);
        Path cases = Files.copy(CASES, folder.resolve("alerts.yaml"));

        promtool("test", "rules", cases.toString());
    }

    @Test
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : Yaml.read(CASES).get("tests")) {
            for (JsonNode expected : test.get("alert_rule_test")) {
                Set<String> kind = expected.get("exp_alerts").isEmpty() ? silent : firing;
                kind.add(expected.get("alertname").asText());
            }
        }

        assertThat(firing).isEqualTo(alerts());
        assertThat(silent).isEqualTo(alerts());
    }

    @Test
    void everyAlertSaysHowBadItIsAndIsExplained() throws IOException {
        String explanations = Files.readString(Path.of("docs/kubernetes.md"));

        assertThat(allRules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getLabels()).containsKey("severity").containsEntry("team", "forecasting");
            assertThat(rule.getAnnotations()).containsKey("summary");
            assertThat(explanations).contains("| `" + rule.getAlert() + "` |");
        });
    }

    /** TidyTest keeps the page of metrics and the meters of the code the same. */
    @Test
    void everyMetricAndLabelExists() throws IOException {
        String page = Files.readString(METRICS);

        for (Rule rule : allRules()) {
            String expression = rule.getExpr().getValue().toString();
            for (MatchResult selector : found(expression, "([a-z_]+)\\{([^}]*)}")) {
                String metric = selector.group(1).replaceFirst("_(bucket|count|sum)$", "");
                if (NOT_OURS.contains(metric)) {
                    continue;
                }
                String row = page.lines()
                        .filter(line -> line.contains("`" + metric + "`"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no metric is named " + metric));
                if (metric.startsWith("foretide_")) {
                    assertThat(found(selector.group(2), "(\\w+)[=!~]+"))
                            .extracting(label -> label.group(1))
                            .filteredOn(label -> !Set.of("namespace", "job").contains(label))
                            .allSatisfy(label -> assertThat(row).contains("`" + label + "`"));
                }
            }
        }
    }

    @Test
    void theQueueIsAsLongAsTheServiceMakesItByDefault() {
        String capacity = defaultOf(ConfigurationSchema.records().get("foretide.training"), "queueCapacity");

        assertThat(rule("ForetideQueueGrowing").getExpr().getValue().toString()).contains(">= " + capacity + "\n");
    }

    private static String defaultOf(Class<?> type, String name) {
        return Stream.of(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(name))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class).value()[0])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void alertsOfTwoReleasesDoNotHearEachOther() {
        var other = Chart.FORETIDE.render("other", Chart.example("monitoring")).only(PrometheusRule.class);

        assertThat(other.getSpec().getGroups().getFirst().getRules())
                .allSatisfy(rule -> assertThat(rule.getExpr().getValue().toString())
                        .contains("other-foretide")
                        .doesNotContain("demand"));
    }

    private static List<MatchResult> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    private static List<Rule> allRules() {
        return RULES.getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private static Rule rule(String alert) {
        return allRules().stream()
                .filter(rule -> rule.getAlert().equals(alert))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> alerts() {
        return allRules().stream().map(Rule::getAlert).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the cases look for them. */
    private Path rules(PrometheusRule rules) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), Yaml.write(rules.getSpec()));
    }

    private void promtool(String... arguments) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not installed; on Debian it is in the package prometheus");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
