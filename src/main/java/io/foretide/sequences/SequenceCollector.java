package io.foretide.sequences;

import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Sequence;
import io.foretide.problem.ProblemType;
import io.foretide.reading.Cells;
import io.foretide.reading.Findings;
import io.foretide.reading.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sequences of one body, and what it may still hold: going beyond a limit ends the reading before the memory is spent. */
final class SequenceCollector {
    private final Findings findings = new Findings(ProblemType.INVALID_SEQUENCE);
    private final SequenceLimits limits;
    private final Labelling labelling;
    private final Set<String> ids = new HashSet<>();
    private final List<LabelledSequence> sequences = new ArrayList<>();
    private int begun;
    private long numbers;

    SequenceCollector(SequenceLimits limits, Labelling labelling) {
        this.limits = limits;
        this.labelling = labelling;
    }

    Findings findings() {
        return findings;
    }

    void begin(String place) {
        if (++begun > limits.sequences()) {
            throw Findings.exceeded(
                    place,
                    "more than " + limits.sequences() + " sequences",
                    limits.sequences(),
                    "Send fewer at once, or raise foretide.sequences.max-sequences.");
        }
    }

    // The place is computed only when needed: this is called for every number.
    void addNumber(Supplier<String> place) {
        if (++numbers > limits.numbers()) {
            throw tooManyNumbers(place.get(), "more than " + limits.numbers() + " numbers");
        }
    }

    /** Accounts for the steps that a sequence skips, before there is room for them. */
    void addSkipped(long steps, int channels, String place) {
        // Steps may be absurdly many: divide rather than multiply, and stay below the longest array.
        if (steps > Math.min(limits.numbers() - numbers, Integer.MAX_VALUE >> 1) / channels) {
            throw tooManyNumbers(
                    place, "skips " + steps + " steps, and with them holds more than " + limits.numbers() + " numbers");
        }
        numbers += steps * channels;
    }

    private RuntimeException tooManyNumbers(String place, String what) {
        return Findings.exceeded(
                place,
                what,
                limits.numbers(),
                "Send fewer or shorter sequences at once, or raise foretide.sequences.max-numbers.");
    }

    void requireChannels(int channels, String place) {
        if (channels > limits.channels()) {
            throw Findings.exceeded(
                    place,
                    "more than " + limits.channels() + " channels",
                    limits.channels(),
                    "Send fewer, or raise foretide.sequences.max-channels.");
        }
    }

    void requireLength(String text, String place) {
        if (text.length() > limits.textLength()) {
            throw Findings.exceeded(
                    place,
                    "a text of " + text.length() + " characters where " + limits.textLength() + " are allowed",
                    limits.textLength(),
                    "Send it in parts, or raise foretide.sequences.max-text-length.");
        }
    }

    /** Whether a text may be an id or a label; findings say why it may not. */
    boolean admitsName(String kind, String name, String place) {
        if (name.length() > limits.nameLength()) {
            throw Findings.exceeded(
                    place,
                    name.length() + " characters where " + limits.nameLength() + " are allowed",
                    limits.nameLength(),
                    "Use a shorter one, or raise foretide.sequences.max-name-length.");
        }
        String flaw = Cells.flawOf(name);
        if (!flaw.isEmpty()) {
            findings.invalid(place, "The " + kind + " " + flaw + ".");
        }
        return flaw.isEmpty();
    }

    /** Whether a sequence may have this id: no other one has. */
    boolean admitsId(String id, String place) {
        if (!admitsName("id", id, place)) {
            return false;
        }
        if (!ids.add(id)) {
            findings.impossible(place, "Another sequence has the id " + Quoted.of(id) + " already.");
            return false;
        }
        return true;
    }

    /** Keeps a sequence; where it lacks the label that it needs, a finding says so. */
    void add(String id, @Nullable String label, Sequence content, String labelPlace) {
        if (label == null && labelling == Labelling.REQUIRED) {
            findings.impossible(labelPlace, "Sequence " + Quoted.of(id) + " has no label, and needs one here.");
            return;
        }
        sequences.add(new LabelledSequence(id, label, content));
    }

    /** All sequences; fails if anything was found wrong, or there are none. */
    List<LabelledSequence> finish(String place) {
        findings.throwIfAny();
        if (sequences.isEmpty()) {
            findings.invalid(place, "There are no sequences. Send at least one.");
            findings.throwIfAny();
        }
        return sequences;
    }
}
