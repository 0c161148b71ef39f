package io.foretide.generation;

import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoints;
import io.foretide.network.EpochLoss;
import io.foretide.network.TrainingMonitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Interrupts a training before steps that a random generator chooses, and has it go on from what it kept last. */
final class InterruptedLanguageTraining implements TrainingMonitor, Checkpoints {
    private static final int MOST_STEPS_OF_A_RUN = 12;

    private final Random random;
    private byte @Nullable [] kept;
    private int stepsLeft;
    private boolean stopping;

    /** What somebody knows of the training who hears it, over all runs. */
    final List<EpochLoss> heard = new ArrayList<>();

    final List<String> refusals = new ArrayList<>();
    int interruptions;
    int resumptions;

    InterruptedLanguageTraining(long seed) {
        this.random = new Random(seed);
    }

    /** Runs until something is kept, and no further. */
    void interrupt(Function<TrainingMonitor, TrainedLanguageModel> training) {
        while (kept == null) {
            heard.clear();
            stepsLeft = MOST_STEPS_OF_A_RUN;
            try {
                training.apply(this);
            } catch (CancellationException e) {
                interruptions++;
            }
        }
    }

    /** Runs until the training is done. */
    TrainedLanguageModel finish(Function<TrainingMonitor, TrainedLanguageModel> training) {
        while (true) {
            heard.clear();
            stopping = false;
            stepsLeft = 1 + random.nextInt(MOST_STEPS_OF_A_RUN);
            try {
                return training.apply(this);
            } catch (CancellationException e) {
                interruptions++;
            }
        }
    }

    @Override
    public void epochFinished(EpochLoss loss, int epochs) {
        heard.add(loss);
    }

    /** Half of the interruptions let the training keep a last checkpoint, the others are like a kill. */
    @Override
    public boolean cancelled() {
        boolean interrupted = stepsLeft-- == 0;
        stopping = interrupted && random.nextBoolean();
        return interrupted;
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
        heard.addAll(from.losses());
    }

    @Override
    public void refused(String reason) {
        refusals.add(reason);
    }

    @Override
    public boolean due() {
        return stopping || random.nextInt(4) == 0;
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        var bytes = new ByteArrayOutputStream();
        try {
            checkpoint.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept = bytes.toByteArray();
    }
}
