package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The image and the services beside it fit the build, and stay as confined as the documents say. */
class ImageTest {
    private static final String DOCKERFILE = read("Dockerfile");

    @Test
    void theImageHasTheJavaOfTheBuild() {
        String release = first(read("pom.xml"), "<java.version>(\\d+)</java.version>");

        assertThat(all(DOCKERFILE, "FROM .*temurin[:-](\\d+)")).hasSize(2).containsOnly(release);
    }

    @Test
    void theImageIsBuiltByTheMavenOfTheWrapper() {
        assertThat(first(DOCKERFILE, "maven:([\\d.]+)-"))
                .isEqualTo(first(read(".mvn/wrapper.properties"), "mavenVersion=(\\S+)"));
    }

    @Test
    void theImageHasAllLayersAndTheFlagsThatTestsRunWith() {
        assertThat(all(DOCKERFILE, "/image/layers/([a-z-]+)/ "))
                .containsExactly("dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
        assertThat(DOCKERFILE).contains("COPY src/main/jvm/java.args ");
        assertThat(read("pom.xml")).contains("/src/main/jvm/java.args</jvm.arguments>");
    }

    @Test
    void theCacheIsMadeWithTheFlagsAndTheNameOfTheJarThatTheServiceStartsWith() {
        assertThat(DOCKERFILE).contains("java @java.args @image.args -XX:AOTCacheOutput=foretide.aot");
        assertThat(List.of(DOCKERFILE, read("src/main/docker/start")))
                .allMatch(text -> text.contains("-jar /opt/foretide/foretide.jar "));
        assertThat(read("src/main/docker/start"))
                .contains(
                        "java @/opt/foretide/java.args @/opt/foretide/image.args",
                        "-XX:AOTCache=/opt/foretide/foretide.aot");
    }

    @Test
    void whatTheBuildReadsIsSentToIt() {
        String sent = read(".dockerignore");

        assertThat(all(DOCKERFILE, "(?m)^COPY (src/.*) \\./$").getFirst().split(" "))
                .allMatch(file -> Files.isRegularFile(Path.of(file)))
                .allMatch(file -> file.startsWith("src/main/"));
        assertThat(sent).contains("!src/main\n", "!docs/problems.md\n", "!pom.xml\n", "!mvnw\n", "!.mvn\n");
    }

    @Test
    void everyServiceOfComposeIsConfined() {
        assertThat(services())
                .hasSize(4)
                .allSatisfy((name, service) -> assertThat(service)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true"))
                        .containsKeys("mem_limit", "pids_limit"));
    }

    @Test
    void composePublishesOnLoopbackAndPinsWhatItDoesNotBuild() {
        assertThat(services()).allSatisfy((name, service) -> {
            assertThat((List<?>) service.getOrDefault("ports", List.of()))
                    .allMatch(port -> port.toString().startsWith("127.0.0.1:"));
            assertThat(service.containsKey("build")
                            || service.get("image").toString().matches(".*:v?\\d+\\.\\d+.*"))
                    .isTrue();
        });
    }

    @Test
    void composeHasNoPasswordOfItsOwn() {
        assertThat(all(read("docker-compose.yml"), "(?m)^ +\\w*PASSWORD\\w*: (.*)$"))
                .hasSize(3)
                .allMatch(value -> value.matches("\\$\\{\\w+_PASSWORD:\\?.*\\}"));
    }

    @Test
    void everyFileThatComposeMountsIsThere() {
        assertThat(all(read("docker-compose.yml"), "- (\\./[^:]+):"))
                .isNotEmpty()
                .allMatch(file -> Files.exists(Path.of(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> compose = new Yaml().load(read("docker-compose.yml"));
        return (Map<String, Map<String, Object>>) compose.get("services");
    }

    private static String first(String text, String pattern) {
        return all(text, pattern).getFirst();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
