import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoints;
import io.foretide.network.EpochLoss;
import io.foretide.network.TrainingMonitor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/** Tells how a training goes, ends it when its time is up, and keeps how far it is in files beside the results. */
final class TrainingProgress implements TrainingMonitor, Checkpoints, AutoCloseable {
    private static final long KEEP_NANOS = 60_000_000_000L;

    private final Path kept;
    private final Path spentBefore;
    private final Duration time;
    private final long begun = System.nanoTime();
    private double earlier;
    private double earlierProcessor;
    private long lastKept = begun;
    private long batchTokens;
    private long batches;

    TrainingProgress(Path out, Duration time) throws IOException {
        this.kept = Path.of(out + ".checkpoint");
        this.spentBefore = Path.of(out + ".seconds");
        this.time = time;
        Files.createDirectories(out.toAbsolutePath().getParent());
    }

    /** The time that the training took, earlier runs included. */
    double seconds() {
        return earlier + (System.nanoTime() - begun) / 1e9;
    }

    /** The processor time that this process took, earlier runs included. */
    double processorSeconds() {
        return earlierProcessor + ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    @Override
    public void planned(long batchSteps, long heldOutSteps) {
        batchTokens = batchSteps;
    }

    @Override
    public void epochFinished(EpochLoss loss, int epochs) {
        double ran = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "epoch %d of %d after %.0f s: %.4f nats in training, %.4f held out; %.2f million tokens in this run, %.0f tokens/s%n",
                loss.epoch(),
                epochs,
                seconds(),
                loss.trainLoss(),
                loss.validationLoss(),
                batches * batchTokens / 1e6,
                batches * batchTokens / ran);
    }

    @Override
    public boolean cancelled() {
        batches++;
        return false;
    }

    @Override
    public boolean outOfTime() {
        return seconds() > time.toSeconds();
    }

    @Override
    public Checkpoints checkpoints() {
        return this;
    }

    @Override
    public Optional<InputStream> last() {
        try {
            if (!Files.exists(kept)) {
                return Optional.empty();
            }
            String[] spent = Files.readString(spentBefore).split(" ");
            earlier = Double.parseDouble(spent[0]);
            earlierProcessor = Double.parseDouble(spent[1]);
            return Optional.of(Files.newInputStream(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void resumed(Checkpoint from, int epochs) {
        from.losses()
                .forEach(loss -> System.out.printf(
                        "epoch %d: %.4f nats in training, %.4f held out; before%n",
                        loss.epoch(), loss.trainLoss(), loss.validationLoss()));
    }

    @Override
    public void refused(String reason) {
        earlier = 0;
        earlierProcessor = 0;
        System.out.printf("begins anew, as the checkpoint is of no use: %s%n", reason);
    }

    @Override
    public boolean due() {
        return System.nanoTime() - lastKept > KEEP_NANOS;
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        Path fresh = Path.of(kept + ".new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            checkpoint.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Files.writeString(spentBefore, seconds() + " " + processorSeconds());
            Files.move(fresh, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastKept = System.nanoTime();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(kept);
        Files.deleteIfExists(spentBefore);
    }
}
