package io.foretide.generation;

import io.foretide.text.TokenKind;
import io.foretide.text.Vocabulary;

/** How tokens are put together to a text again. Words stand apart, signs next to the word that they belong to. */
final class Spelling {
    private static final String SPACE = " ";
    private static final String CLOSING = ".,;:!?%…、。，！？；：";
    private static final String JOINING = "-/‐";

    /** What stands at either side of a token. */
    private enum Side {
        SPACE,
        NOTHING,
        IDEOGRAPH
    }

    private final String[] alone;
    private final String[] spaced;
    private final Side[] before;
    private final Side[] behind;

    Spelling(TokenKind kind, Vocabulary vocabulary) {
        int size = vocabulary.size();
        boolean words = kind == TokenKind.WORD;
        this.alone = new String[size];
        this.spaced = new String[words ? size : 0];
        this.before = new Side[spaced.length];
        this.behind = new Side[spaced.length];
        for (int token = 0; token < size; token++) {
            alone[token] = token == Vocabulary.UNKNOWN ? "\uFFFD" : vocabulary.token(token);
            if (words) {
                spaced[token] = SPACE + alone[token];
                before[token] = before(alone[token]);
                behind[token] = behind(alone[token]);
            }
        }
    }

    private static Side before(String token) {
        int first = token.codePointAt(0);
        int type = Character.getType(first);
        if (type == Character.END_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || CLOSING.indexOf(first) >= 0
                || JOINING.indexOf(first) >= 0) {
            return Side.NOTHING;
        }
        return Character.isIdeographic(first) ? Side.IDEOGRAPH : Side.SPACE;
    }

    private static Side behind(String token) {
        int last = token.codePointBefore(token.length());
        int type = Character.getType(last);
        if (type == Character.START_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || JOINING.indexOf(last) >= 0) {
            return Side.NOTHING;
        }
        return Character.isIdeographic(last) ? Side.IDEOGRAPH : Side.SPACE;
    }

    /** What a token adds to a text. No new object. */
    String text(LanguageState after, int token) {
        if (spaced.length == 0 || after.spaced || after.position == 0) {
            return alone[token];
        }
        Side left = behind[after.last], right = before[token];
        boolean apart =
                left != Side.NOTHING && right != Side.NOTHING && !(left == Side.IDEOGRAPH && right == Side.IDEOGRAPH);
        return apart ? spaced[token] : alone[token];
    }
}
