package io.foretide.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.http.testing.TrialServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is bound without the request reader is bound as strictly. */
@TrialServer
class AppWideJsonTest {
    @Autowired
    JsonMapper mapper;

    record Values(
            @Nullable String text,
            int wholeNumber,
            @Nullable Boolean truth) {}

    @Test
    void spellsFieldsInSnakeCase() {
        assertThat(mapper.readValue("{\"whole_number\":3}", Values.class).wholeNumber())
                .isEqualTo(3);
        assertThat(mapper.writeValueAsString(new Values(null, 3, true))).contains("whole_number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"whole_number\":3,\"text\":5}",
                "{\"whole_number\":3,\"text\":true}",
                "{\"whole_number\":\"3\"}",
                "{\"whole_number\":3.5}",
                "{\"whole_number\":null}",
                "{\"whole_number\":3,\"truth\":1}",
                "{\"whole_number\":3,\"truth\":\"true\"}",
                "{\"whole_number\":3,\"other\":1}",
                "{\"whole_number\":3,\"whole_number\":3}",
                "{\"whole_number\":3} {}"
            })
    void bendsNothing(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, Values.class)).isInstanceOf(JacksonException.class);
    }
}
