package io.foretide.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A page of another site makes a browser send requests to this service. */
@TrialServer
@TestPropertySource(properties = "foretide.security.allowed-origins=https://app.example.com, http://localhost:3000")
class CrossSiteTest {
    private static final String SETTINGS = "{\"forecast\":{\"horizon\":1}}";

    @LocalServerPort
    int port;

    private Answer post(String... headers) {
        return new Client(port).post("/trial/settings", "application/json", SETTINGS.getBytes(UTF_8), headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "Cross-Site", "anything"})
    void refusesWhatABrowserSendsForAnotherSite(String site) {
        post("Sec-Fetch-Site", site).isProblem(403, "cross-site").saying("allowed-origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example", "x y"})
    void refusesForeignOriginsOfOlderBrowsers(String origin) {
        post("Origin", origin).isProblem(403, "cross-site");
    }

    @Test
    void refusesFormsThatNeedNoPreflight() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.csv\"\r\n\r\n"
                + "timestamp,target\n2020-01-01,1\n\r\n--b--\r\n";

        new Client(port)
                .post(
                        "/trial/series",
                        "multipart/form-data; boundary=b",
                        form.getBytes(UTF_8),
                        "Origin",
                        "https://evil.example",
                        "Sec-Fetch-Site",
                        "cross-site")
                .isProblem(403, "cross-site");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, same-origin",
        "Sec-Fetch-Site, none",
        "Origin, https://app.example.com",
        "Origin, http://localhost:3000",
    })
    void takesWhatComesFromItsOwnPagesAndFromAllowedOnes(String name, String value) {
        assertThat(post(name, value).status()).isEqualTo(200);
    }

    @Test
    void takesItsOwnOriginAndRequestsOfPrograms() {
        assertThat(post("Origin", "http://127.0.0.1:" + port).status()).isEqualTo(200);
        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void takesAllowedOriginsWhateverTheBrowserCallsThem() {
        assertThat(post("Origin", "https://app.example.com", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersReadingsWhichAPageOfAnotherSiteCannotSee() {
        Answer answer = new Client(port).get("/trial/list", "Sec-Fetch-Site", "cross-site");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }
}
