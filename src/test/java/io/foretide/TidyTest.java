package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** What a reader may rely on: small files and methods, introduced packages, and docs that name what the code has. */
class TidyTest {
    private static final Path SOURCES = Path.of("src");
    private static final int MOST_LINES_OF_A_FILE = 400;
    private static final int MOST_LINES_OF_A_METHOD = 60;

    @Test
    void filesAreShort() {
        assertThat(javaFiles(SOURCES))
                .allSatisfy(file ->
                        assertThat(lines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES_OF_A_FILE));
    }

    @Test
    void methodsAreShort() throws IOException {
        assertThat(longMethods(javaFiles(SOURCES))).isEmpty();
    }

    private static List<String> longMethods(List<Path> files) throws IOException {
        List<String> tooLong = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            var positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        var map = unit.getLineMap();
                        long first = map.getLineNumber(positions.getStartPosition(unit, method));
                        long last = map.getLineNumber(positions.getEndPosition(unit, method));
                        if (last - first + 1 > MOST_LINES_OF_A_METHOD && !saysWhyItIsLong(method)) {
                            tooLong.add(unit.getSourceFile().getName() + ": " + method.getName());
                        }
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        }
        return tooLong;
    }

    private static boolean saysWhyItIsLong(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Unrolled"));
    }

    @Test
    void everyPackageIntroducesItself() {
        Set<Path> packages = javaFiles(Path.of("src/main/java")).stream()
                .map(Path::getParent)
                .collect(Collectors.toSet());

        assertThat(packages)
                .allSatisfy(folder -> assertThat(Files.readString(folder.resolve("package-info.java")))
                        .startsWith("/**")
                        .contains("@NullMarked"));
    }

    @Test
    void everyPropertyStandsInTheDocsAndTheOtherWayRound() throws Exception {
        assertThat(namesIn("docs/configuration.md", "`(foretide\\.[a-z0-9.-]+)`"))
                .isEqualTo(properties());
    }

    private static Set<String> properties() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Set<String> names = new TreeSet<>();
        for (var candidate : scanner.findCandidateComponents("io.foretide")) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            if (type.isRecord() && inMain(type)) {
                collect(prefix, type, names);
            }
        }
        return names;
    }

    private static boolean inMain(Class<?> type) {
        return type.getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .endsWith("/classes/");
    }

    private static void collect(String prefix, Class<?> type, Set<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            if (component.getType().isRecord() && component.getType().getName().startsWith("io.foretide")) {
                collect(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    @Test
    void everyMeterStandsInTheDocsAndTheOtherWayRound() {
        Set<String> meters = javaFiles(Path.of("src/main/java")).stream()
                .filter(file -> file.toString().endsWith("Metrics.java"))
                .flatMap(file -> matches(read(file), "\"(foretide[._][a-z._]+)\""))
                .map(name -> name.replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> documented = namesIn("docs/metrics.md", "`(foretide_[a-z_]+)");

        assertThat(documented).hasSameSizeAs(meters);
        assertThat(meters).allMatch(meter -> documented.stream().anyMatch(name -> name.startsWith(meter)));
    }

    @Test
    void nothingIsLeftUndone() {
        assertThat(javaFiles(Path.of("src/main/java")))
                .allSatisfy(file -> assertThat(read(file)).doesNotContain("TODO", "FIXME", "XXX"));
    }

    private static Set<String> namesIn(String document, String pattern) {
        return matches(read(Path.of(document)), pattern).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> matches(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
