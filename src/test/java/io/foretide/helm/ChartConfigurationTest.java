package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** What the chart hands to the service binds to the service's own records, and nothing of it is left over. */
class ChartConfigurationTest {
    static List<Path> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bindsWhole(Path values) throws IOException {
        bind(Chart.FORETIDE.render(values).application());
    }

    @Test
    void numbersArriveAsTheyStandInTheValues() throws IOException {
        var values = Chart.values(Chart.ALLOWED + """
                application: {server: {tomcat: {max-connections: 10000000}}}
                """);
        var large = Chart.values("foretide: {series: {max-observations: 20000000}, training: {workers: 3}}");

        var source = source(Chart.FORETIDE.render(values, large).application());

        assertThat(source.getProperty("foretide.series.max-observations")).isEqualTo(20_000_000);
        assertThat(source.getProperty("foretide.training.workers")).isEqualTo(3);
        assertThat(source.getProperty("server.tomcat.max-connections")).isEqualTo(10_000_000);
    }

    @Test
    void noExampleHoldsAPassword() {
        assertThat(Chart.examples())
                .allSatisfy(values -> assertThat(
                                Chart.FORETIDE.render(values).objects().toString())
                        .doesNotContainIgnoringCase("password="));
    }

    @Test
    void aMisspeltPropertyWouldBeNoticed() {
        assertThatThrownBy(() -> bind("foretide: {training: {wokers: 2}}")).hasMessageContaining("foretide.training");
        assertThatThrownBy(() -> bind("foretide: {trainig: {workers: 2}}")).hasMessageContaining("foretide.trainig");
    }

    /** Binds every record, and demands that each property belongs to one of them. */
    private static void bind(String application) throws IOException {
        var source = source(application);
        var binder = new Binder(ConfigurationPropertySources.from(source));
        var validator = new SpringValidatorAdapter(
                Validation.buildDefaultValidatorFactory().getValidator());
        ConfigurationSchema.records()
                .forEach((prefix, type) -> binder.bindOrCreate(
                        prefix,
                        Bindable.of(type),
                        new ValidationBindHandler(new NoUnboundElementsBindHandler(BindHandler.DEFAULT), validator)));
        Set<String> prefixes = ConfigurationSchema.records().keySet();
        Set<String> homeless = new TreeSet<>();
        for (String name : source.getPropertyNames()) {
            if (name.startsWith("foretide.") && prefixes.stream().noneMatch(prefix -> name.startsWith(prefix + "."))) {
                homeless.add(name);
            }
        }
        assertThat(homeless).isEmpty();
    }

    private static EnumerablePropertySource<?> source(String application) throws IOException {
        var sources = new YamlPropertySourceLoader()
                .load("application.yaml", new ByteArrayResource(application.getBytes(StandardCharsets.UTF_8)));
        return (EnumerablePropertySource<?>)
                StreamSupport.stream(sources.spliterator(), false).findFirst().orElseThrow();
    }
}
