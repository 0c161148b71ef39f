package io.foretide.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.server.ResponseStatusException;

class ProblemTranslatorTest {
    @Test
    void noticesThatTheClientHasGoneWhereverItIsHidden() {
        ClientAbortException gone = new ClientAbortException(new IOException("Broken pipe"));

        assertThat(ProblemTranslator.isClientGone(gone)).isTrue();
        assertThat(ProblemTranslator.isClientGone(
                        new HttpMessageNotWritableException("x", new UncheckedIOException(gone))))
                .isTrue();
        assertThat(ProblemTranslator.isClientGone(new IOException("Broken pipe")))
                .isFalse();
    }

    @Test
    void findsProblemsInsideWhatOnlyCarriesThem() {
        ProblemException problem = new ProblemException(ProblemType.IN_USE, "It is in use.");

        assertThat(ProblemTranslator.translate(new ServletException(new CompletionException(problem))))
                .isSameAs(problem);
    }

    @Test
    void takesAProblemBehindAnotherFailureForAMistakeOfOurs() {
        ProblemException problem = new ProblemException(ProblemType.IN_USE, "It is in use.");

        assertThat(ProblemTranslator.translate(new IllegalStateException(problem)))
                .isNull();
    }

    @Test
    void keepsWhatServerErrorsOfTheFrameworkSayToItself() {
        ResponseStatusException failure = new ResponseStatusException(HttpStatus.BAD_GATEWAY, "a secret");

        assertThat(ProblemTranslator.translate(failure)).isNull();
    }
}
