package io.foretide.classification;

import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoints;
import io.foretide.network.TrainingMonitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Interrupts a training before steps that a random generator chooses, and has it go on from what it kept last. */
final class Interruptions implements TrainingMonitor, Checkpoints {
    private final Random random;
    private byte @Nullable [] kept;
    private boolean trains;
    private int stepsLeft;
    int resumptions;

    Interruptions(long seed) {
        this.random = new Random(seed);
    }

    TrainedClassifier finish(Function<TrainingMonitor, TrainedClassifier> training) {
        while (true) {
            trains = false;
            stepsLeft = 2 + random.nextInt(9);
            try {
                return training.apply(this);
            } catch (CancellationException e) {
                // and again
            }
        }
    }

    @Override
    public boolean cancelled() {
        return trains && stepsLeft-- == 0;
    }

    @Override
    public void planned(long batchSteps, long heldOutSteps) {
        trains = true;
    }

    @Override
    public Checkpoints checkpoints() {
        return this;
    }

    @Override
    public Optional<InputStream> last() {
        return Optional.ofNullable(kept).map(ByteArrayInputStream::new);
    }

    @Override
    public void resumed(Checkpoint from, int epochs) {
        resumptions++;
    }

    @Override
    public void refused(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public boolean due() {
        return random.nextInt(3) == 0;
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        var out = new ByteArrayOutputStream();
        try {
            checkpoint.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept = out.toByteArray();
    }
}
