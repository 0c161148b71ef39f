package io.foretide.generation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A continuation under way. Until it is finished it owns its state, which has read what was generated so far, what is held
 * back included.
 */
public final class Generation {
    final LanguageState state;
    final SamplingOptions options;
    private final TokenSink sink;
    private final StringBuilder text = new StringBuilder();
    private final int longestStop;
    private int tokens;
    private @Nullable FinishReason reason;
    private @Nullable String stop;

    /** What the sink has thrown. */
    private @Nullable RuntimeException failure;

    /** Of tokens that are held back: where in the text they end, and their probabilities. */
    private int[] ends = new int[0];

    private double[] logProbabilities = new double[0];

    /** How many tokens were given, and how much of the text. */
    private int given;

    private int givenText;

    Generation(LanguageState state, SamplingOptions options, TokenSink sink) {
        this.state = state;
        this.options = options;
        this.sink = sink;
        this.longestStop =
                options.stop().stream().mapToInt(String::length).max().orElse(0);
        if (options.maxTokens() == 0) {
            reason = FinishReason.LENGTH;
        }
    }

    public boolean isFinished() {
        return reason != null;
    }

    /** How many tokens were generated so far. */
    public int tokens() {
        return tokens;
    }

    /** What was generated; only of one that is finished. Throws what its sink has thrown. */
    public Generated result() {
        if (failure != null) {
            throw failure;
        }
        if (reason == null) {
            throw new IllegalStateException("the generation is under way");
        }
        return new Generated(text.toString(), reason, stop, tokens);
    }

    /** Ends it with what there is. */
    public void cancel() {
        if (reason == null) {
            reason = FinishReason.CANCELLED;
        }
    }

    /** Ends it, as its sink has failed. */
    void fail(RuntimeException thrown) {
        failure = thrown;
        cancel();
    }

    boolean wantsLogProbabilities() {
        return sink.wantsLogProbabilities();
    }

    /** Takes the next token, which the state is to read whatever becomes of it. */
    void take(String piece, double logProbability) {
        text.append(piece);
        tokens++;
        if (longestStop == 0) {
            boolean goesOn = sink.token(tokens - 1, piece, logProbability);
            if (tokens == options.maxTokens()) {
                reason = FinishReason.LENGTH;
            } else if (!goesOn) {
                reason = FinishReason.CANCELLED;
            }
            return;
        }
        holdBack(logProbability);
        int found = findStop(piece.length());
        if (found >= 0) {
            text.setLength(found);
            reason = FinishReason.STOP;
            give(found);
        } else if (tokens == options.maxTokens()) {
            reason = FinishReason.LENGTH;
            give(text.length());
        } else if (!give(text.length() - beginOfStop())) {
            reason = FinishReason.CANCELLED;
        }
    }

    private void holdBack(double logProbability) {
        int held = tokens - 1 - given;
        if (held == ends.length) {
            ends = Arrays.copyOf(ends, 2 * held + 8);
            logProbabilities = Arrays.copyOf(logProbabilities, ends.length);
        }
        ends[held] = text.length();
        logProbabilities[held] = logProbability;
    }

    /** Where the first stop string begins that ends in what was added last; −1 where there is none. */
    private int findStop(int added) {
        int first = -1;
        List<String> stops = options.stop();
        for (int i = 0; i < stops.size(); i++) {
            String one = stops.get(i);
            int at = text.indexOf(one, Math.max(0, text.length() - added - one.length() + 1));
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
                stop = one;
            }
        }
        return first;
    }

    /** How long the longest end of the text is with which a stop string begins. */
    private int beginOfStop() {
        int longest = 0;
        List<String> stops = options.stop();
        for (int i = 0; i < stops.size(); i++) {
            String one = stops.get(i);
            for (int length = Math.min(one.length() - 1, text.length()); length > longest; length--) {
                if (endsWith(one, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean endsWith(String one, int length) {
        int from = text.length() - length;
        for (int i = 0; i < length; i++) {
            if (text.charAt(from + i) != one.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Gives the held back tokens up to a place in the text; the last one in part, where the generation is finished. */
    private boolean give(int until) {
        int held = tokens - given, done = 0;
        boolean goesOn = true;
        while (done < held && (ends[done] <= until || reason != null && givenText < until)) {
            int end = Math.min(ends[done], until);
            goesOn &= sink.token(given + done, text.substring(givenText, end), logProbabilities[done]);
            givenText = end;
            done++;
        }
        System.arraycopy(ends, done, ends, 0, held - done);
        System.arraycopy(logProbabilities, done, logProbabilities, 0, held - done);
        given += done;
        return goesOn;
    }
}
