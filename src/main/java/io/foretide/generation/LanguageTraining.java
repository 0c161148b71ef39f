package io.foretide.generation;

import io.foretide.kernel.Bfloat16;
import io.foretide.network.Checkpoint;
import io.foretide.network.MemberTraining;
import io.foretide.network.RecurrentCore;
import io.foretide.network.Seeds;
import io.foretide.network.TrainingFingerprint;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingResources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run of a training, which may go on where another one ended. */
final class LanguageTraining {
    /** Held-out text is read in so many places at once. */
    private static final int STREAMS = 16;

    private final LanguagePlan.Planned planned;
    private final LanguageSettings settings;
    private final TrainingMonitor monitor;
    private final TrainingResources resources;
    private final TextBatches batches;

    LanguageTraining(LanguagePlan.Planned planned, TrainingMonitor monitor, TrainingResources resources) {
        this.planned = planned;
        this.settings = planned.settings();
        this.monitor = monitor;
        this.resources = resources;
        this.batches = new TextBatches(planned.trainedTokens(), settings);
    }

    TrainedLanguageModel train() {
        monitor.planned(
                (long) batches.rows() * batches.steps(), planned.heldOutTokens().count());
        var training =
                new MemberTraining(settings.training(), 1, fingerprint(), monitor, (_, progress) -> learner(progress));
        MemberTraining.Outcome outcome = training.train();
        LanguageModel trained = model(outcome.members().getFirst(), seen());
        return new TrainedLanguageModel(
                trained,
                LanguageModelArtifact.write(trained),
                planned.chosen(),
                outcome.losses(),
                outcome.trained(),
                outcome.stoppedBy(),
                planned.text().heldOut());
    }

    private TrainingFingerprint fingerprint() {
        MessageDigest digest = TrainingFingerprint.newDigest();
        for (int number : planned.trainedTokens().numbers()) {
            digest.update((byte) number);
            digest.update((byte) (number >> 8));
            digest.update((byte) (number >> 16));
        }
        digest.update(planned.text().heldOut().toString().getBytes(StandardCharsets.UTF_16LE));
        digest.update(planned.vocabulary().known().toString().getBytes(StandardCharsets.UTF_16LE));
        digest.update(List.of(planned.settings(), planned.chosen()).toString().getBytes(StandardCharsets.UTF_8));
        LanguageModel parent = planned.parent();
        if (parent != null) {
            digest.update(LanguageModelArtifact.write(parent));
        }
        return TrainingFingerprint.of(digest.digest());
    }

    private SeenText seen() {
        SeenText own = SeenText.of(planned.text().trained());
        LanguageModel parent = planned.parent();
        return parent == null ? own : own.and(parent.seen());
    }

    /** What is measured, and published. */
    private LanguageModel model(float[] parameters, SeenText seen) {
        return new LanguageModel(settings, planned.vocabulary(), Bfloat16.nearest(parameters), seen);
    }

    private LanguageLearner learner(Checkpoint.@Nullable Progress progress) {
        long steps = (long) settings.training().epochs() * batches.perEpoch();
        long decaySteps = planned.chosen().contains("training.learning_rate") ? steps : 0;
        LanguageModel parent = planned.parent();
        float[] initial = parent == null ? initialParameters() : parent.parameters();
        var learner =
                new LanguageLearner(settings, batches, initial, decaySteps, this::validationLoss, resources.threads());
        if (progress != null) {
            learner.resume(progress);
        }
        return learner;
    }

    /** None where nothing is held out, or where there is no time to tell. */
    private @Nullable Double validationLoss(float[] parameters) {
        int[] heldOut = planned.heldOutTokens().numbers();
        return heldOut.length == 0
                ? null
                : new Measuring(model(parameters, SeenText.NOTHING), heldOut, STREAMS)
                        .nats(monitor::outOfTimeToMeasure);
    }

    private float[] initialParameters() {
        GenerateSettings generate = settings.generate();
        long seed = settings.training().seed();
        float[] core = new RecurrentCore(settings.network(), generate.embedding(), generate.vocabulary()).initial(seed);
        float[] all = new float[Math.toIntExact(settings.shape().parameters())];
        int embedding = generate.vocabulary() * generate.embedding();
        double spread = settings.shape().tied() ? 1 / Math.sqrt(generate.embedding()) : 1;
        var random = new SplittableRandom(Seeds.at(seed, 0));
        for (int i = 0; i < embedding; i++) {
            all[i] = (float) (spread * (2 * random.nextDouble() - 1));
        }
        int layers = Math.toIntExact(settings.shape().layerParameters());
        System.arraycopy(core, 0, all, embedding, layers);
        int head = Math.toIntExact(settings.shape().headParameters());
        System.arraycopy(core, core.length - head, all, embedding + layers, head); // of a tied one, the bias alone
        return all;
    }
}
