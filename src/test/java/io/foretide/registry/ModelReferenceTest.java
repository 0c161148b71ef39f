package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "air, air@champion",
        "air@champion, air@champion",
        "air@latest, air@latest",
        "air:3, air:3",
        "0.a_b-c:999999999, 0.a_b-c:999999999",
        "7@v2, 7@v2"
    })
    void readsEverySpelling(String text, String canonical) {
        ModelReference reference = ModelReference.parse(text);

        assertThat(reference).hasToString(canonical);
        assertThat(ModelReference.parse(canonical)).isEqualTo(reference);
    }

    @Test
    void takesNameOfAnyLengthUpTo63() {
        String longest = "a".repeat(63);

        assertThat(ModelReference.parse(longest).model()).hasToString(longest);
        assertThatThrownBy(() -> ModelReference.parse(longest + "a")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Air",
                "-air",
                ".air",
                "a ir",
                "air/x",
                "aír",
                "air\n",
                "air:",
                "air:0",
                "air:03",
                "air:-1",
                "air:1.5",
                "air:x",
                "air:9999999999",
                "air@",
                "air@3",
                "air@1.5",
                "air@Best",
                "air@a@b",
                "air:3@champion",
                "air@champion:3",
                ":3",
                "@champion"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> ModelReference.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER));
    }

    @Test
    void pointsAtWhereItStoodInBody() {
        assertThatThrownBy(() -> ModelReference.parse("air:x", "/start_from"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
                    assertThat(problem.places()).extracting("pointer").containsExactly("/start_from");
                });
    }

    @Test
    void repeatsNoLineBreaksAndNothingLong() {
        assertThatThrownBy(() -> ModelName.parse("a\nb" + "x".repeat(10_000)))
                .hasMessageContaining("'a?b")
                .message()
                .hasSizeLessThan(300);
    }
}
