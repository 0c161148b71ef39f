package io.foretide.training;

import static java.util.Objects.requireNonNull;

import io.foretide.generation.LanguageMeasures;
import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.registry.Task;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the training of a model that writes went. */
record LanguageRecord(
        Task task,
        List<String> chosen,
        @Nullable String parent,
        Data data,
        Measured measures,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        String codeVersion)
        implements TrainingRecord {

    LanguageRecord {
        requireNonNull(data, "data");
        requireNonNull(measures, "measures");
        requireNonNull(stoppedBy, "stoppedBy");
        requireNonNull(codeVersion, "codeVersion");
        chosen = List.copyOf(chosen);
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        TrainingRecord.require(Task.GENERATE, task, parent, members, losses);
    }

    /**
     * What it was trained on.
     *
     * @param characters code points of the text
     */
    record Data(String sha256, long characters) {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        Data {
            if (!SHA_256.matcher(sha256).matches() || characters < 0) {
                throw new IllegalArgumentException(
                        "data must have a SHA-256 in hexadecimal digits, and a count that is not negative");
            }
        }

        static Data of(String text, String sha256) {
            return new Data(sha256, text.codePointCount(0, text.length()));
        }
    }

    /**
     * How good it is on what of the text was held out.
     *
     * @param tokens those that it was to say
     * @param unknown those of them that are not in its vocabulary
     * @param reason why nothing could be measured
     */
    record Measured(
            long tokens,
            long unknown,
            @Nullable Double nats,
            @Nullable Double bits,
            @Nullable Double perplexity,
            @Nullable Double bitsPerCharacter,
            @Nullable String reason) {
        static Measured of(LanguageMeasures measures) {
            return new Measured(
                    measures.tokens(),
                    measures.unknown(),
                    measures.nats(),
                    measures.bits(),
                    measures.perplexity(),
                    measures.bitsPerCharacter(),
                    null);
        }

        static Measured none(String reason) {
            return new Measured(0, 0, null, null, null, null, reason);
        }
    }
}
