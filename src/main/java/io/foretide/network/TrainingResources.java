package io.foretide.network;

/**
 * What one training may take of the machine. The network that it gives does not depend on them.
 *
 * @param threads how many threads compute, at least 1
 * @param memory the most heap that it may take, in bytes
 */
public record TrainingResources(int threads, long memory) {
    /** All processors but one, so that whatever else the process does stays quick, and a third of the heap. */
    public static final TrainingResources OF_THIS_MACHINE = new TrainingResources(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Runtime.getRuntime().maxMemory() / 3);

    public TrainingResources {
        if (threads < 1 || memory < 1) {
            throw new IllegalArgumentException(
                    "threads and memory must be positive, were %d and %d".formatted(threads, memory));
        }
    }
}
