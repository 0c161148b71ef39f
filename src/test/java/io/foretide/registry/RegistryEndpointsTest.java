package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.ForetideApplication;
import io.foretide.network.TestNetworks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest(
        classes = {ForetideApplication.class, RegistryEndpointsTest.Clocks.class},
        properties = "foretide.storage.url=jdbc:h2:mem:registry-endpoints")
class RegistryEndpointsTest extends RegistryEndpointsBase {
    private static final byte[] ARTIFACT = "zip".getBytes(StandardCharsets.UTF_8);

    @TestConfiguration
    static class Clocks {
        @Bean
        @Primary
        Clock fixedClock() {
            return Clock.fixed(RegistryFixture.NOW, ZoneOffset.UTC);
        }
    }

    @BeforeEach
    void onlyTheModelAirWithTwoVersions() {
        register("job-1");
        register("job-2");
    }

    private void register(String job) {
        var provenance = json.createObjectNode().put("seed", 42).put("version", 99);
        registry.register(new NewVersion(AIR, Task.FORECAST, job, ARTIFACT, provenance, Promotion.IF_NO_CHAMPION));
    }

    @Test
    void showsModel() {
        String model = """
                {"name":"air","task":"forecast","created_at":"2026-01-05T09:30:00.123Z","versions":2,"latest":2,
                 "aliases":{"champion":1}}""";

        assertThat(get("/api/v1/models/air")).hasStatusOk().bodyJson().isStrictlyEqualTo(model);
        assertThat(get("/api/v1/models")).bodyJson().isStrictlyEqualTo("{\"items\":[" + model + "]}");
    }

    @Test
    void showsVersionWithItsProvenanceBesideWhatTheRegistryKnows() {
        assertThat(get("/api/v1/models/air/versions/1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"model":"air","version":1,"reference":"air:1","task":"forecast",
                         "created_at":"2026-01-05T09:30:00.123Z","aliases":["champion"],"origin":"trained","job_id":"job-1",
                         "artifact":{"size":3,"sha256":"%s"},"seed":42}""".formatted(DigestUtils.sha256Hex(ARTIFACT)));
    }

    @Test
    void leadsThroughVersionsPageByPage() {
        MvcTestResult first = get("/api/v1/models/air/versions?limit=1");
        assertThat(first)
                .bodyJson()
                .extractingPath("$.items[*].version")
                .asArray()
                .containsExactly(2);
        String cursor = json.readTree(first.getResponse().getContentAsByteArray())
                .get("next_cursor")
                .asString();

        MvcTestResult second = get("/api/v1/models/air/versions?limit=1&cursor=" + cursor);

        assertThat(second)
                .bodyJson()
                .extractingPath("$.items[*].version")
                .asArray()
                .containsExactly(1);
        assertThat(second).bodyJson().doesNotHavePath("$.next_cursor");
    }

    @Test
    void movesAliasAndAnswersItsRevision() {
        MvcTestResult moved = put("/api/v1/models/air/aliases/stable", "{\"version\":2,\"reason\":\"good\"}");
        String revision = Objects.requireNonNull(moved.getResponse().getHeader("ETag"));

        assertThat(moved).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                        {"model":"air","alias":"stable","version":2,"reference":"air:2","revision":%s,
                         "moved_by":"anonymous","reason":"good","moved_at":"2026-01-05T09:30:00.123Z"}
                        """.formatted(revision.replace("\"", "")));
        assertThat(get("/api/v1/models/air/aliases/stable")).hasHeader("ETag", revision);
        assertThat(get("/api/v1/models/air/aliases"))
                .bodyJson()
                .extractingPath("$.items[*].alias")
                .asArray()
                .containsExactly("champion", "stable");
        assertThat(delete("/api/v1/models/air/aliases/stable")).hasStatus(204);
        assertThat(get("/api/v1/models/air/aliases/stable")).hasStatus(404);
    }

    @Test
    void handsOutArtifactWithItsFingerprint() {
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(DigestUtils.sha256Hex(ARTIFACT)));

        MvcTestResult artifact = get("/api/v1/models/air/versions/1/artifact");

        assertThat(artifact)
                .hasStatusOk()
                .hasContentType("application/zip")
                .hasHeader("Repr-Digest", "sha-256=:" + digest + ":")
                .hasHeader("Content-Disposition", "attachment; filename=\"air-1.zip\"");
        assertThat(artifact.getResponse().getContentAsByteArray()).isEqualTo(ARTIFACT);
    }

    @Test
    void handsOutNothingOfADamagedArtifact() {
        database.sql("update blob_part set bytes = ?").param(new byte[3]).update();

        MvcTestResult artifact = get("/api/v1/models/air/versions/1/artifact");

        assertThat(artifact)
                .hasStatus(500)
                .hasContentType("application/problem+json")
                .doesNotContainHeader("Repr-Digest");
        assertThat(artifact).bodyText().contains("/problems/damaged-artifact", "air:1");
    }

    @Test
    void importsArtifactThatWasTrainedElsewhere() {
        byte[] artifact = TestNetworks.artifact(1);

        assertProblem(post("/api/v1/models/air/versions", artifact), 422, "unreadable-artifact");
        assertProblem(post("/api/v1/models/air/versions", new byte[0]), 422, "unreadable-artifact");
        assertProblem(post("/api/v1/models/SEA/versions", artifact), 400, "invalid-parameter");
        assertProblem(post("/api/v1/models/air/versions?promote=maybe", artifact), 400, "invalid-parameter");
        assertProblem(post("/api/v1/models/air/versions?body=1", artifact), 400, "invalid-parameter");
        assertProblem(put("/api/v1/models/air/versions", "{}"), 405, "method-not-allowed");
        assertProblem(
                http.post()
                        .uri("/api/v1/models/air/versions")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .exchange(),
                415,
                "unsupported-media-type");
        assertThat(get("/api/v1/models/air"))
                .bodyJson()
                .extractingPath("$.versions")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=: | 422 | unreadable-artifact",
                "sha-512=:abc=:, sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=: | 422 | unreadable-artifact",
                "sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= | 400 | invalid-parameter",
                "sha-256=:47DE: | 400 | invalid-parameter",
                "sha-256 | 422 | unreadable-artifact",
            })
    void comparesTheDigestThatComesWithAnArtifact(String digest, int status, String problem) {
        MvcTestResult answer = http.post()
                .uri("/api/v1/models/air/versions")
                .contentType("application/zip")
                .header("Repr-Digest", digest)
                .content(TestNetworks.artifact(1))
                .exchange();

        assertProblem(answer, status, problem);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .matches(status == 400 || digest.equals("sha-256") ? ".*" : ".*changed on its way.*");
    }

    @Test
    void deletesWhatNothingUses() {
        assertThat(delete("/api/v1/models/air/versions/1")).hasStatus(409);
        assertThat(delete("/api/v1/models/air/versions/2")).hasStatus(204);
        assertThat(delete("/api/v1/models/air")).hasStatus(204);
        assertThat(get("/api/v1/models/air")).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/models/sea, 404, unknown-model",
        "GET, /api/v1/models/SEA, 400, invalid-parameter",
        "GET, /api/v1/models/sea/versions, 404, unknown-model",
        "GET, /api/v1/models/sea/aliases, 404, unknown-model",
        "GET, /api/v1/models/air/versions/3, 404, unknown-version",
        "GET, /api/v1/models/air/versions/x, 400, invalid-parameter",
        "GET, /api/v1/models/air/versions/0, 400, invalid-parameter",
        "GET, /api/v1/models/air/versions/3/artifact, 404, unknown-version",
        "GET, /api/v1/models/air/aliases/latest, 404, unknown-alias",
        "GET, /api/v1/models/air/aliases/7, 400, invalid-parameter",
        "GET, /api/v1/models?limit=0, 400, invalid-parameter",
        "GET, /api/v1/models?limit=x, 400, invalid-parameter",
        "GET, /api/v1/models?cursor=!, 400, invalid-parameter",
        "GET, /api/v1/models?task=no+task, 400, invalid-parameter",
        "DELETE, /api/v1/models/sea, 404, unknown-model",
        "DELETE, /api/v1/models/air/versions/1, 409, in-use",
        "DELETE, /api/v1/models/air/versions/9, 404, unknown-version",
        "DELETE, /api/v1/models/air/aliases/champion, 409, in-use",
        "DELETE, /api/v1/models/air/aliases/latest, 422, not-supported",
        "DELETE, /api/v1/models/air/aliases/stable, 404, unknown-alias",
        "DELETE, /api/v1/models/air/aliases/stable?headers=1, 400, invalid-parameter",
        "GET, /api/v1/models/air/aliases?name=air, 400, invalid-parameter",
    })
    void saysWhatIsWrongWithRequest(HttpMethod method, String address, int status, String problem) {
        assertProblem(http.method(method).uri(address).exchange(), status, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "air/aliases/stable   | {\"version\":9}                       | 404 | unknown-version",
                "sea/aliases/stable   | {\"version\":1}                       | 404 | unknown-model",
                "air/aliases/latest   | {\"version\":1}                       | 422 | not-supported",
                "air/aliases/7        | {\"version\":1}                       | 400 | invalid-parameter",
                "air/aliases/stable   | {}                                    | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":0}                       | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":\"1\"}                   | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":1.5}                     | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":1,\"force\":true}        | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":1,\"reason\":\"a\\u0000\"} | 400 | invalid-request",
                "air/aliases/stable   | {\"version\":                         | 400 | malformed-body",
            })
    void saysWhatIsWrongWithMove(String path, String body, int status, String problem) {
        assertProblem(put("/api/v1/models/" + path, body), status, problem);
    }

    private MvcTestResult delete(String address) {
        return http.delete().uri(address).exchange();
    }

    private MvcTestResult post(String address, byte[] artifact) {
        return http.post()
                .uri(address)
                .contentType("application/zip")
                .content(artifact)
                .exchange();
    }

    private MvcTestResult put(String address, String body) {
        return http.put()
                .uri(address)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
