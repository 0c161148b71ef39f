package io.foretide.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param heap live bytes of the heap, after a full collection
 * @param outside bytes that the virtual machine holds outside the heap
 * @param resident bytes of memory that the system has given it
 */
record Footprint(long heap, long outside, long resident, long files, long threads) {
    static final String COLUMNS = "%15s %18s %12s %13s %8s"
            .formatted("live heap MB", "outside of it MB", "resident MB", "file handles", "threads");

    private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    static Footprint of(long pid) throws IOException, InterruptedException {
        String histogram = jcmd(pid, "GC.class_histogram");
        String memory = jcmd(pid, "VM.native_memory");
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return new Footprint(
                    find(LIVE, histogram),
                    1024 * (find(TOTAL, memory) - find(HEAP, memory)),
                    1024 * find(RESIDENT, status),
                    files.count(),
                    find(THREADS, status));
        }
    }

    private static long find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }

    Footprint minus(Footprint earlier) {
        return new Footprint(
                heap - earlier.heap,
                outside - earlier.outside,
                resident - earlier.resident,
                files - earlier.files,
                threads - earlier.threads);
    }

    /** A row under the {@link #COLUMNS}. */
    @Override
    public String toString() {
        return "%15.1f %18.1f %12.1f %13d %8d".formatted(heap / 1e6, outside / 1e6, resident / 1e6, files, threads);
    }
}
