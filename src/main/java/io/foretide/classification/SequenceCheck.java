package io.foretide.classification;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;

/** Refuses sequences that a version, or any, could make no sense of. */
final class SequenceCheck {
    /** The most steps of a sequence that is trained on or classified at once. */
    static final int MOST_STEPS = 100_000;

    static final int MOST_CHANNELS = 256;
    static final int MOST_CHARACTERS = 1_000_000;

    /** Beyond, differences of values are lost. */
    static final double MOST_MAGNITUDE = 1e15;

    private SequenceCheck() {}

    static void check(Sequence sequence, ClassifierSettings settings, String pointer) {
        switch (sequence) {
            case Text _ when !settings.readsText() -> throw wrongKind(settings, pointer);
            case Values _ when settings.readsText() -> throw wrongKind(settings, pointer);
            case Values values
            when values.channels() != settings.channels() ->
                throw wrongChannels(values.channels(), settings, pointer + "/values");
            case Values _, Text _ -> check(sequence, pointer);
        }
    }

    static ProblemException wrongKind(ClassifierSettings settings, String pointer) {
        String reads = settings.readsText() ? "text" : "values of %d channels".formatted(settings.channels());
        String got = settings.readsText() ? "values" : "text";
        return new ProblemException(
                        ProblemType.INVALID_SEQUENCE, "The version classifies %s, and got %s.".formatted(reads, got))
                .at(pointer.isEmpty() ? "/" + got : pointer);
    }

    private static ProblemException wrongChannels(int channels, ClassifierSettings settings, String pointer) {
        return new ProblemException(
                        ProblemType.INVALID_SEQUENCE,
                        "A step has %d values, and this version was trained with %d channels: send as many, null for what is missing."
                                .formatted(channels, settings.channels()))
                .with("required", settings.channels())
                .with("actual", channels)
                .at(pointer);
    }

    /** What holds for all sequences. */
    static void check(Sequence sequence, String pointer) {
        switch (sequence) {
            case Text(String text) -> {
                if (text.isBlank()) {
                    throw new ProblemException(
                                    ProblemType.INVALID_SEQUENCE, "The text is empty: send one with a word at least.")
                            .at(pointer + "/text");
                }
                if (text.length() > MOST_CHARACTERS) {
                    throw tooLong(text.length(), MOST_CHARACTERS, "characters", pointer + "/text");
                }
            }
            case Values values -> check(values, pointer + "/values");
        }
    }

    private static ProblemException tooLong(int actual, int limit, String unit, String pointer) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The sequence has %d %s, the limit is %d: cut it, or send a summary of it."
                                .formatted(actual, unit, limit))
                .with("limit", limit)
                .with("actual", actual)
                .at(pointer);
    }

    private static void check(Values values, String pointer) {
        if (values.steps() > MOST_STEPS) {
            throw tooLong(values.steps(), MOST_STEPS, "steps", pointer);
        }
        if (values.channels() > MOST_CHANNELS) {
            throw tooLong(values.channels(), MOST_CHANNELS, "channels", pointer + "/0");
        }
        for (int step = 0; step < values.steps(); step++) {
            for (int channel = 0; channel < values.channels(); channel++) {
                checkValue(values.at(step, channel), pointer + '/' + step + '/' + channel);
            }
        }
    }

    private static void checkValue(double value, String pointer) {
        if (Math.abs(value) > MOST_MAGNITUDE) {
            throw new ProblemException(
                            ProblemType.INVALID_SEQUENCE,
                            "A value is %s; magnitudes up to %s can be classified: send it in a larger unit."
                                    .formatted(value, MOST_MAGNITUDE))
                    .at(pointer);
        }
    }

    static void checkStep(double[] channels, ClassifierSettings settings, String pointer) {
        if (channels.length != settings.channels()) {
            throw wrongChannels(channels.length, settings, pointer);
        }
        for (int channel = 0; channel < channels.length; channel++) {
            checkValue(channels[channel], pointer + '/' + channel);
        }
    }
}
