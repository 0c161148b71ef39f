package io.foretide.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;

/** What becomes of English words that stand in any text and say little about its subject. */
public enum StopWords {
    @JsonProperty("kept")
    KEPT,
    @JsonProperty("left_out")
    LEFT_OUT;

    /** Words that deny are none of them: they turn the meaning of others round. */
    private static final Set<String> WORDS = Set.of(
            "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
            "between", "both", "by", "can", "did", "do", "does", "doing", "during", "each", "for", "from", "had", "has",
            "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it",
            "its", "me", "my", "of", "on", "or", "our", "ours", "she", "so", "some", "such", "than", "that", "the",
            "their", "theirs", "them", "then", "there", "these", "they", "this", "those", "through", "to", "was", "we",
            "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "you", "your",
            "yours");

    boolean leavesOut(String lowerCaseToken) {
        return this == LEFT_OUT && WORDS.contains(lowerCaseToken);
    }
}
