package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads ND4J's native libraries, set up for small matrices: one thread, which is several times faster for them and gives
 * the same bits every time, and OpenBLAS kernels for the processor at hand, which the bundled release does not recognise.
 *
 * <p>Those libraries listen to environment variables alone, and read them when they are loaded. They are set here, in the
 * process, and not by whoever starts it: so they hold however it is started, and follow from the processor. A variable
 * that is already set is left as it is.
 *
 * <p>Only trainings and exports need them: a service without them forecasts all the same.
 */
final class NativeLibraries {
    private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

    private static boolean loaded;

    private NativeLibraries() {}

    /** @throws ProblemException {@code natives-missing}, where they are not there or do not load on this machine */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        setVariable("OMP_NUM_THREADS", "1");
        setVariable("OPENBLAS_NUM_THREADS", "1");
        coreType().ifPresent(type -> setVariable("OPENBLAS_CORETYPE", type));
        try {
            Nd4j.getBackend(); // reads its own properties, which the holder below needs
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        } catch (LinkageError | RuntimeException e) { // whichever of its many parts does not load
            log.error("native libraries not loaded", e);
            throw new ProblemException(
                    ProblemType.NATIVES_MISSING,
                    "This process can neither train nor write files of Deeplearning4j, whose native libraries are missing or do not load here. Have a process with them do so, or tell the operator, whose log has the reason. What is published is served as ever.",
                    e);
        }
        loaded = true;
    }

    /** What ND4J's arrays take outside the heap; 0 before anything was trained. */
    static synchronized long allocatedBytes() {
        return loaded ? Nd4j.getMemoryManager().allocatedMemory(0) : 0;
    }

    /** The name that OpenBLAS has for processors like this one; nothing where it recognises them by itself. */
    private static Optional<String> coreType() {
        try {
            String processor = Files.readString(Path.of("/proc/cpuinfo"));
            if (processor.contains(" avx512dq") && processor.contains(" avx512bw")) {
                return Optional.of("SKYLAKEX");
            }
            return processor.contains(" avx2") ? Optional.of("HASWELL") : Optional.empty();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** {@code setenv} of the C library; Java itself can only read its environment. */
    private static void setVariable(String name, String value) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        var descriptor = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (var arena = Arena.ofConfined()) {
            Object failed = linker.downcallHandle(setenv.get(), descriptor)
                    .invoke(arena.allocateFrom(name), arena.allocateFrom(value), 0);
            if (!failed.equals(0)) {
                log.warn("native variable not set name={} value={}", name, value);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call setenv", e);
        }
    }
}
