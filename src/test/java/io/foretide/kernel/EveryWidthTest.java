package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The tests of this package once more, in a process of their own for each width: a width is chosen once in a process. */
class EveryWidthTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256, 512})
    void kernelsKeepTheirPromisesAt(int bits) throws Exception {
        String output = runTests(VECTORS, "-D" + RequestedWidth.PROPERTY + "=" + bits);

        assertThat(output)
                .containsAnyOf(bits + "-bit vectors", "offers no vectors")
                .contains("all passed");
    }

    @Test
    void kernelsKeepTheirPromisesWithoutTheModule() throws Exception {
        assertThat(runTests()).contains("scalar, slow: start Java with").contains("all passed");
    }

    private static String runTests(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tests.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Runs all tests of this package but this one, and says with what. */
    static final class Tests {
        public static void main(String[] arguments) {
            var summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectPackage(Tests.class.getPackageName()))
                                    .filters(excludeClassNamePatterns(".*EveryWidth.*"))
                                    .build(),
                            summary);
            summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 5);
            boolean passed = summary.getSummary().getTestsSucceededCount() > 0
                    && summary.getSummary().getTotalFailureCount() == 0;
            System.out.println(Kernel.description() + (passed ? ": all passed" : ": failed"));
            System.exit(passed ? 0 : 1);
        }
    }
}
