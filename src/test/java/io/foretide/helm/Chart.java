package io.foretide.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A chart in a folder, as Helm itself sees it. */
record Chart(Path folder) {
    static final Chart FORETIDE = new Chart(Path.of("helm/foretide"));

    /** What Chart.yaml asks for at least; Helm by itself would render for a release of years ago. */
    static final String OLDEST_KUBERNETES = "1.30.0";

    static final String NAMESPACE = "forecasts";

    /** The least that must be said before anything is rendered. */
    static final String ALLOWED = """
            foretide: {security: {allow-non-loopback: true}}
            """;

    static final String POSTGRESQL = """
            foretide:
              security: {allow-non-loopback: true}
              storage: {url: "jdbc:postgresql://db.example.org/foretide"}
            secretProperties:
              foretide.storage.password: {name: credentials, key: password}
            """;

    /** The values files that users are shown. */
    static List<Path> examples() {
        try (Stream<Path> files = Files.list(FORETIDE.folder().resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path example(String name) {
        return FORETIDE.folder().resolve("ci/" + name + "-values.yaml");
    }

    /** A values file, each text over those before it. */
    static Path values(String yaml) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Manifests render(Path... values) {
        return render("demand", values);
    }

    Manifests render(String release, Path... values) {
        TemplateCommand template = new Helm(folder)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(OLDEST_KUBERNETES);
        for (Path file : values) {
            template.withValuesFile(file);
        }
        return Manifests.parse(template.call());
    }

    /** What Helm tells the operator after an installation. */
    String notes(Path... values) {
        InstallCommand install = new Helm(folder)
                .install()
                .withName("demand")
                .withNamespace(NAMESPACE)
                .withKubeVersion(OLDEST_KUBERNETES)
                .clientOnly()
                .dryRun();
        for (Path file : values) {
            install.withValuesFile(file);
        }
        String output = install.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    /** Lints the chart as if the given values were its defaults: linting takes no values of its own. */
    LintResult lint(Path values) throws IOException {
        Path copy = copy();
        Object merged = Yaml.overlay(Yaml.read(copy.resolve("values.yaml")), Yaml.read(values));
        Files.writeString(copy.resolve("values.yaml"), Yaml.write(merged));
        return new Helm(copy).lint().strict().call();
    }

    /** The archive that users install. */
    Chart packaged() throws IOException {
        Path target = Files.createTempDirectory("packaged");
        new Helm(folder).packageIt().withDestination(target).call();
        try (Stream<Path> files = Files.list(target)) {
            return new Chart(files.findFirst().orElseThrow());
        }
    }

    /** The same chart with its tests as ordinary objects: Helm shows no hooks when it renders. */
    Chart withTestsShown() {
        try {
            Path copy = copy();
            try (Stream<Path> tests = Files.list(copy.resolve("templates/tests"))) {
                for (Path test : tests.toList()) {
                    String text = Files.readString(test);
                    Files.writeString(test, text.replace("helm.sh/hook: test", "example.org/hook: test"));
                }
            }
            return new Chart(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy() throws IOException {
        Path parent = Files.createTempDirectory("chart");
        parent.toFile().deleteOnExit();
        Path target = parent.resolve(folder.getFileName());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(folder.relativize(file).toString());
                Files.copy(file, copy);
                copy.toFile().deleteOnExit();
            }
        }
        return target;
    }
}
