package io.foretide.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@TrialServer
class ProblemPagesTest {
    @LocalServerPort
    int port;

    @Test
    void everyTypeHasASectionAndEverySectionAType() {
        assertThat(new ProblemPages().slugs())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProblemType.values()).map(ProblemType::slug).toList());
    }

    @ParameterizedTest
    @EnumSource
    void servesAPageWithAnExampleOfEachType(ProblemType type) {
        Answer page = new Client(port).get("/problems/" + type.slug(), "Accept", "application/json");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains(
                        "<h1>" + type.title() + "</h1>",
                        "&quot;type&quot;: &quot;/problems/" + type.slug() + "&quot;",
                        "&quot;title&quot;: &quot;" + type.title() + "&quot;",
                        "&quot;status&quot;: " + type.status());
    }

    @Test
    void listsAllTypes() {
        Answer page = new Client(port).get("/problems");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Problems</h1>", "href=\"/problems/body-too-large\"");
    }
}
