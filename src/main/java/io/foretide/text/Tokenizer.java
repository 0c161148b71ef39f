package io.foretide.text;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts a text into tokens. A word is a run of letters, digits and marks, with apostrophes inside; an ideograph is a word of
 * its own, and so is each sign between words. White space separates and is no token, but among characters it is one. Half
 * of a surrogate pair is read as U+FFFD.
 */
public record Tokenizer(TokenKind kind, LetterCase letterCase, StopWords stopWords) {
    /** In code points; what is longer is cut. So what a stream holds back is bounded. */
    public static final int LONGEST_WORD = 64;

    private static final int REPLACEMENT = 0xFFFD;

    /** Every code point is a token. */
    public static final Tokenizer CHARACTERS = new Tokenizer(TokenKind.CHARACTER, LetterCase.KEPT, StopWords.KEPT);

    /** Words as they are written. */
    public static final Tokenizer WORDS = new Tokenizer(TokenKind.WORD, LetterCase.KEPT, StopWords.KEPT);

    /** Words in lower case. */
    public static final Tokenizer LOWER_CASE_WORDS = new Tokenizer(TokenKind.WORD, LetterCase.LOWERED, StopWords.KEPT);

    private enum End {
        OPEN,
        FINAL
    }

    public Tokenizer {
        requireNonNull(kind, "kind");
        requireNonNull(letterCase, "letterCase");
        requireNonNull(stopWords, "stopWords");
        if (kind == TokenKind.CHARACTER && stopWords == StopWords.LEFT_OUT) {
            throw new IllegalArgumentException("characters are no words that could be left out");
        }
    }

    /** The same without stop words. */
    public Tokenizer withoutStopWords() {
        return new Tokenizer(kind, letterCase, StopWords.LEFT_OUT);
    }

    /** The tokens of a whole text. */
    public List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        cut(text, End.FINAL, tokens::add);
        return tokens;
    }

    /**
     * Cuts off the tokens that no text behind this one could change.
     *
     * @return the rest, which belongs in front of the text that comes next; of {@link #LONGEST_WORD} code points at most
     */
    public String cutOff(String text, Consumer<? super String> tokens) {
        return text.substring(cut(text, End.OPEN, tokens));
    }

    private int cut(String text, End end, Consumer<? super String> tokens) {
        int at = 0;
        while (at < text.length()) {
            int to = kind == TokenKind.CHARACTER ? afterCharacter(text, at, end) : afterToken(text, at, end);
            if (to < 0) {
                return at;
            }
            if (kind == TokenKind.CHARACTER || !isSpace(text.codePointAt(at))) {
                give(text.substring(at, to), tokens);
            }
            at = to;
        }
        return at;
    }

    private void give(String piece, Consumer<? super String> tokens) {
        String whole = withoutHalves(piece);
        String lower = letterCase == LetterCase.LOWERED || stopWords == StopWords.LEFT_OUT
                ? whole.toLowerCase(Locale.ROOT)
                : whole;
        if (!stopWords.leavesOut(lower)) {
            tokens.accept(letterCase == LetterCase.LOWERED ? lower : whole);
        }
    }

    private static String withoutHalves(String piece) {
        char first = piece.charAt(0);
        boolean half = piece.length() == 1 && Character.isSurrogate(first);
        return half ? Character.toString(REPLACEMENT) : piece;
    }

    /** Where a code point ends; −1 where that is not known yet. */
    private static int afterCharacter(String text, int at, End end) {
        boolean last = at == text.length() - 1;
        if (last && end == End.OPEN && Character.isHighSurrogate(text.charAt(at))) {
            return -1;
        }
        return at + Character.charCount(text.codePointAt(at));
    }

    /** Where a word, a sign or a space ends; −1 where that is not known yet. */
    private static int afterToken(String text, int from, End end) {
        int at = afterCharacter(text, from, end);
        if (at < 0 || !isPartOfWord(text.codePointAt(from))) {
            return at;
        }
        for (int length = 1; length < LONGEST_WORD; length++) {
            int to = at < text.length() ? afterCharacter(text, at, end) : -1;
            if (to < 0) {
                return end == End.FINAL ? at : -1;
            }
            int next = text.codePointAt(at);
            if (isApostrophe(next)) {
                int behind = to < text.length() ? afterCharacter(text, to, end) : -1;
                if (behind < 0 && end == End.OPEN) {
                    return -1;
                }
                if (behind < 0 || !isPartOfWord(text.codePointAt(to))) {
                    return at;
                }
            } else if (!isPartOfWord(next)) {
                return at;
            }
            at = to;
        }
        return at;
    }

    /** Whether a code point separates words, and is no token of its own among them. */
    public static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isApostrophe(int c) {
        return c == '\'' || c == '’';
    }

    private static boolean isPartOfWord(int c) {
        int type = Character.getType(c);
        boolean mark = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        return (Character.isLetterOrDigit(c) || mark || c == '_') && !Character.isIdeographic(c);
    }
}
