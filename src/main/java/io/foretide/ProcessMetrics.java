package io.foretide;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The meter of the process as the operating system sees it, which the Java virtual machine does not tell. */
@Component
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");

    ProcessMetrics(MeterRegistry meters) {
        if (Files.isReadable(STATUS)) { // Linux
            Gauge.builder("foretide.resident.memory", ProcessMetrics::residentBytes)
                    .description("Physical memory of the process: heap, native arrays and all else")
                    .baseUnit("bytes")
                    .register(meters);
        }
    }

    /** From the line {@code VmRSS: 123456 kB}. */
    private static double residentBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
