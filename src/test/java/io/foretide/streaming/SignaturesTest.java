package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    private static final byte[] KEY = "of the operator, and of nobody else".getBytes(StandardCharsets.UTF_8);
    private final Signatures signatures = new Signatures(KEY);

    @Test
    void knowsItsOwnTokens() {
        String token = signatures.tokenOf(4711);

        assertThat(signatures.sessionOf(token)).hasValue(4711);
        assertThat(new Signatures(KEY.clone()).sessionOf(token)).hasValue(4711);
        assertThat(new Signatures("another".getBytes(StandardCharsets.UTF_8)).sessionOf(token))
                .isEmpty();
        assertThat(signatures.sessionOf(token.replaceFirst("4711", "4712"))).isEmpty();
    }

    @Test
    void takesNoCharacterOfATokenForAnother() {
        String token = signatures.tokenOf(17);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(signatures.sessionOf(forged)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                "0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "9999999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1.AAAA",
                "\u0661.AAAA"
            })
    void takesNoOtherTextForAToken(String text) {
        assertThat(signatures.sessionOf(text)).isEmpty();
    }

    @Test
    void knowsWhatItSealed() {
        byte[] content = {-1, 2, 3};

        String sealed = signatures.seal(content);

        assertThat(signatures.unseal(sealed))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(-1, 2, 3));
        assertThat(signatures.unseal("A" + sealed.substring(1))).isEmpty();
        assertThat(signatures.unseal(sealed.substring(4))).isEmpty();
        assertThat(signatures.unseal("no base64 at all!")).isEmpty();
        assertThat(signatures.unseal("")).isEmpty();
    }

    @Test
    void makesOneKeyAmongProcessesThatStartTogether() {
        for (TestDatabase database : List.of(TestDatabase.inMemory(), TestDatabase.postgres())) {
            try (database) {
                var tokens = ConcurrentHashMap.<String>newKeySet();

                CompletableFuture.allOf(IntStream.range(0, 8)
                                .mapToObj(_ -> CompletableFuture.runAsync(() -> tokens.add(
                                        new Signatures(new SigningProperties(null), database.client()).tokenOf(1))))
                                .toArray(CompletableFuture[]::new))
                        .join();

                assertThat(tokens).hasSize(1);
            }
        }
    }

    @Test
    void takesTheKeyOfTheOperator() {
        try (var database = TestDatabase.inMemory()) {
            var properties = new SigningProperties(new String(KEY, StandardCharsets.UTF_8));

            String token = new Signatures(properties, database.client()).tokenOf(5);

            assertThat(signatures.sessionOf(token)).hasValue(5);
            assertThat(properties.toString()).doesNotContain("operator");
        }
    }
}
