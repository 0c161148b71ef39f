package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.ForetideApplication;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Guarded moves of aliases, their history and rollback over HTTP. */
@SpringBootTest(classes = ForetideApplication.class, properties = "foretide.storage.url=jdbc:h2:mem:alias-endpoints")
class AliasEndpointsTest extends RegistryEndpointsBase {
    private static final String STABLE = "/api/v1/models/air/aliases/stable";

    @BeforeEach
    void onlyTheModelAirWithThreeVersions() {
        for (int version = 1; version <= 3; version++) {
            registry.register(
                    new NewVersion(AIR, Task.FORECAST, null, new byte[3], json.createObjectNode(), Promotion.NEVER));
        }
    }

    @Test
    void movesFromTheStateThatTheClientSaw() {
        String seen = tag(put(1, null, null));

        assertThat(put(2, "If-Match", "\"0\", W/\"7\", " + seen)).hasStatusOk();
        MvcTestResult late = put(3, "If-Match", seen);

        assertProblem(late, 412, "alias-moved");
        String present = tag(get(STABLE));
        assertThat(late)
                .hasHeader("ETag", present)
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(2);
        assertThat(put(3, "If-Match", "*")).hasStatusOk();
        assertProblem(put(3, "If-Match", "W/" + tag(get(STABLE))), 412, "alias-moved");
    }

    @Test
    void makesWhatMustNotExistYet() {
        assertProblem(put(1, "If-Match", "*"), 412, "alias-moved");
        assertThat(put(1, "If-None-Match", "*")).hasStatusOk();
        assertProblem(put(2, "If-None-Match", "*"), 412, "alias-moved");
        assertProblem(put(2, "If-None-Match", "W/" + tag(get(STABLE))), 412, "alias-moved");
        assertThat(put(2, "If-None-Match", "\"0\"")).hasStatusOk();
    }

    @Test
    void removesWhatTheClientSaw() {
        String seen = tag(put(1, null, null));
        put(2, null, null);

        assertProblem(http.delete().uri(STABLE).header("If-Match", seen).exchange(), 412, "alias-moved");
        assertThat(http.delete()
                        .uri(STABLE)
                        .header("If-Match", tag(get(STABLE)))
                        .exchange())
                .hasStatus(204);
        assertProblem(http.delete().uri(STABLE).header("If-Match", seen).exchange(), 404, "unknown-alias");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"17", "\"17", "", ",", "\"1\" \"2\"", "*, \"1\"", "w/\"1\"", "\"a b\"", "\"1\";\"2\"", "**"})
    void refusesConditionsThatAreNone(String condition) {
        put(1, null, null);

        for (String header : new String[] {"If-Match", "If-None-Match"}) {
            assertProblem(put(1, header, condition), 400, "invalid-parameter");
            assertProblem(http.delete().uri(STABLE).header(header, condition).exchange(), 400, "invalid-parameter");
            assertProblem(rollBack(null, header, condition), 400, "invalid-parameter");
        }
    }

    @Test
    void takesListsInSeveralHeaders() {
        String seen = tag(put(1, null, null));

        assertThat(http.put()
                        .uri(STABLE)
                        .header("If-Match", "\"0\"")
                        .header("If-Match", ", " + seen + " ,")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\":2}")
                        .exchange())
                .hasStatusOk();
    }

    @Test
    void goesBackAndRemembersAll() {
        put(1, null, null);
        put(3, null, null);

        MvcTestResult back = rollBack("{\"reason\":\"too low\"}", "If-Match", tag(get(STABLE)));

        assertThat(back).hasStatusOk().bodyJson().extractingPath("$.version").isEqualTo(1);
        assertThat(back).bodyJson().extractingPath("$.reason").isEqualTo("too low");
        assertThat(tag(back)).isEqualTo(tag(get(STABLE)));
        assertProblem(rollBack(null, null, null), 409, "nothing-to-roll-back");
        assertThat(get(STABLE + "/history?limit=2")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        {"items":[{"from":3,"to":1,"moved_by":"anonymous","reason":"too low"},
                                  {"from":1,"to":3,"moved_by":"anonymous","reason":""}]}""");
        String cursor = json.readTree(
                        get(STABLE + "/history?limit=2").getResponse().getContentAsByteArray())
                .get("next_cursor")
                .asString();
        assertThat(get(STABLE + "/history?limit=2&cursor=" + cursor))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"from\":null,\"to\":1}]}")
                .doesNotHavePath("$.next_cursor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "air/aliases/stable   | ''                        | 404 | unknown-alias",
                "sea/aliases/stable   | ''                        | 404 | unknown-model",
                "air/aliases/latest   | ''                        | 422 | not-supported",
                "air/aliases/7        | ''                        | 400 | invalid-parameter",
                "air/aliases/stable   | {\"reason\":\"a\\u0000\"} | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":1}           | 400 | invalid-request",
                "air/aliases/stable   | {                         | 400 | malformed-body",
                "air/aliases/stable?x=1 | ''                      | 400 | invalid-parameter",
            })
    void saysWhatIsWrongWithARollback(String path, String body, int status, String problem) {
        String address = "/api/v1/models/" + path.replaceFirst("(\\?|$)", "/rollback$1");

        assertProblem(exchange(http.post().uri(address), body.isEmpty() ? null : body), status, problem);
    }

    @ParameterizedTest
    @CsvSource({
        "air/aliases/stable/history, 404, unknown-alias",
        "sea/aliases/stable/history, 404, unknown-model",
        "air/aliases/7/history, 400, invalid-parameter",
        "air/aliases/stable/history?cursor=!, 400, invalid-parameter",
        "air/aliases/stable/history?cursor=eA, 400, invalid-parameter",
    })
    void saysWhatIsWrongWithAHistory(String path, int status, String problem) {
        assertProblem(get("/api/v1/models/" + path), status, problem);
    }

    private MvcTestResult put(int version, String header, String value) {
        MockMvcRequestBuilder request = http.put().uri(STABLE);
        return exchange(header == null ? request : request.header(header, value), "{\"version\":" + version + "}");
    }

    private MvcTestResult rollBack(String body, String header, String value) {
        MockMvcRequestBuilder request = http.post().uri(STABLE + "/rollback");
        return exchange(header == null ? request : request.header(header, value), body);
    }

    private static MvcTestResult exchange(MockMvcRequestBuilder request, String body) {
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private static String tag(MvcTestResult answer) {
        assertThat(answer).hasStatusOk();
        return Objects.requireNonNull(answer.getResponse().getHeader(HttpHeaders.ETAG));
    }
}
