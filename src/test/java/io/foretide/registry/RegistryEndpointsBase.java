package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** The service with an empty registry for each test. */
@AutoConfigureMockMvc
abstract class RegistryEndpointsBase {
    static final ModelName AIR = new ModelName("air");

    @Autowired
    MockMvcTester http;

    @Autowired
    ModelRegistry registry;

    @Autowired
    JdbcClient database;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void emptyTheRegistry() {
        for (String model :
                database.sql("select name from model").query(String.class).list()) {
            registry.deleteModel(new ModelName(model));
        }
        database.sql("delete from model_number").update();
        database.sql("delete from alias_move").update();
    }

    MvcTestResult get(String address) {
        return http.get().uri(address).exchange();
    }

    static void assertProblem(MvcTestResult answer, int status, String problem) {
        assertThat(answer)
                .hasStatus(status)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + problem);
    }
}
