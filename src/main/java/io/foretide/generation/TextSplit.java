package io.foretide.generation;

import io.foretide.text.TokenKind;
import io.foretide.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a text are held out: the end of each of its blocks. What a text is about moves on, and what comes next is about what
 * it ended with; so no stretch of it is kept from the training as a whole. All blocks but the last end in the same places when the text
 * goes on, until they become twice as long: so a model of a text and one of its continuation hold out much the same.
 *
 * @param trained all that is not held out
 * @param heldOut in the order of the text; a piece has a token at least
 */
record TextSplit(String trained, List<String> heldOut) {
    /** Characters of a piece: from fewer, nothing could be told. */
    private static final int LEAST_PIECE = 2_000;

    private static final int MOST_BLOCKS = 16;

    /**
     * @param share of the text that is held out, 0 to 1
     */
    static TextSplit of(String text, TokenKind kind, double share) {
        if (share == 0) {
            return new TextSplit(text, List.of());
        }
        var trained = new StringBuilder(text.length());
        var heldOut = new ArrayList<String>();
        int block = block(text.length(), share), blocks = Math.max(1, text.length() / block), from = 0;
        for (int i = 1; i <= blocks; i++) {
            int end = i == blocks ? text.length() : i * block, length = end - (i - 1) * block;
            int cut = boundary(text, kind, end - (int) (length * share)), to = boundary(text, kind, end);
            String piece = text.substring(cut, to);
            boolean tells = hasToken(piece, kind);
            trained.append(text, from, tells ? cut : to);
            if (tells) {
                heldOut.add(piece);
            }
            from = to;
        }
        return new TextSplit(trained.toString(), List.copyOf(heldOut));
    }

    private static boolean hasToken(String piece, TokenKind kind) {
        return kind == TokenKind.CHARACTER
                ? !piece.isEmpty()
                : !piece.codePoints().allMatch(Tokenizer::isSpace);
    }

    /** The characters of a block, a power of two; the last one takes what is left over. */
    private static int block(int length, double share) {
        double least = Math.max(LEAST_PIECE / share, (double) length / MOST_BLOCKS);
        return least > 1 << 30 ? Integer.MAX_VALUE : Integer.highestOneBit((int) Math.ceil(least) - 1) << 1;
    }

    /** The next place that is within no code point, and within no word where that can be had. */
    private static int boundary(String text, TokenKind kind, int place) {
        int furthest = Math.min(text.length(), place + 2 * Tokenizer.LONGEST_WORD);
        if (kind == TokenKind.WORD) {
            for (int i = place; i < furthest; i++) {
                if (Character.isWhitespace(text.charAt(i))) {
                    return i;
                }
            }
        }
        boolean within = place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place));
        return within ? place - 1 : place;
    }
}
