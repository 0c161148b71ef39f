package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a release is called, its objects have names that Kubernetes takes and that no other release has. */
class ChartNamesTest {
    private static final Chart CHART = Chart.FORETIDE.withTestsShown();
    private static final String LONGEST_RELEASE = "r".repeat(53);
    private static final Path EVERYTHING = Chart.example("everything");

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "foretide", "my-foretide", "foretide-2", "x-1-2-3", "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"})
    void namesAndLabelsAreValid(String release) {
        assertValid(CHART.render(release, EVERYTHING));
        assertValid(CHART.render(release, Chart.example("embedded")));
    }

    @Test
    void theLongestReleaseNameWithALongChartNameIsCutToFit() {
        var longName = Chart.values("nameOverride: a-rather-long-name-of-a-chart-that-nobody-would-give-it-i-hope");

        assertValid(CHART.render(LONGEST_RELEASE, EVERYTHING));
        assertValid(CHART.render(LONGEST_RELEASE, EVERYTHING, longName));
    }

    private static void assertValid(Manifests manifests) {
        assertThat(manifests.objects()).isNotEmpty().allSatisfy(object -> {
            assertThat(object.getMetadata().getName()).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
            assertThat(object.getMetadata().getLabels().values())
                    .allMatch(value -> value.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
        });
    }

    @Test
    void releasesInOneNamespaceDoNotShareAName() {
        Set<String> names = new HashSet<>();
        for (String release : List.of("a", "a-foretide", "foretide", "foretide-a", "foretide-foretide")) {
            Set<String> added = names(CHART.render(release, EVERYTHING, Chart.values("nameOverride: ''")));

            assertThat(added).noneMatch(names::contains);
            names.addAll(added);
        }
    }

    private static Set<String> names(Manifests manifests) {
        Set<String> names = manifests.objects().stream()
                .filter(object -> !object.getKind().equals("ServiceAccount")
                        || !named(object).equals("forecaster"))
                .map(object -> object.getKind() + " " + named(object))
                .collect(Collectors.toSet());
        assertThat(names).hasSizeGreaterThan(5);
        return names;
    }

    private static String named(HasMetadata object) {
        return object.getMetadata().getName();
    }

    @Test
    void everyNameFollowsTheOverride() {
        var manifests = CHART.render(EVERYTHING, Chart.values("fullnameOverride: oracle"));

        assertThat(manifests.objects())
                .extracting(ChartNamesTest::named)
                .allMatch(name -> name.matches("oracle(-dashboard|-metrics|-test)?|forecaster"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "a.b"})
    void aReleaseNameThatNoServiceMayHaveIsRefusedUnlessOverridden(String release) {
        var allowed = Chart.example("embedded");

        assertThatThrownBy(() -> CHART.render(release, allowed)).hasMessageContaining("set fullnameOverride");
        assertValid(CHART.render(release, allowed, Chart.values("fullnameOverride: first")));
    }
}
