package io.foretide.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public JsonNode json() {
        return JSON.readTree(body);
    }

    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
    }

    /** Expects a problem document in every respect that all of them share. */
    public Answer isProblem(int status, String slug) {
        assertThat(this.status).as(body).isEqualTo(status);
        assertThat(header("content-type")).as(body).isEqualTo("application/problem+json");
        JsonNode document = json();
        assertThat(document.path("type").stringValue()).as(body).isEqualTo("/problems/" + slug);
        assertThat(document.path("status").intValue()).isEqualTo(status);
        assertThat(document.path("title").stringValue()).isNotBlank();
        assertThat(document.path("detail").stringValue()).isNotBlank();
        assertThat(body)
                .doesNotContain("secret", "Exception", "\\tat ", "io.foretide", "org.springframework", "tools.jackson");
        return this;
    }

    /** Expects the document to name exactly these places. */
    public Answer at(String... pointers) {
        assertThat(json().path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").stringValue()))
                .as(body)
                .containsExactlyInAnyOrder(pointers);
        return this;
    }

    /** Expects the document to say so. */
    public Answer saying(String... words) {
        assertThat(body).contains(words);
        return this;
    }
}
