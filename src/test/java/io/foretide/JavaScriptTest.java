package io.foretide;

import io.foretide.testing.Node;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client for browsers and Node, and the description of what it speaks. */
class JavaScriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"asyncapi.test.js", "foretide.test.js"})
    void passes(String file) {
        Node.passes(file, Map.of());
    }
}
