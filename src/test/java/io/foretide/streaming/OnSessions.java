package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.Predictor;
import io.foretide.series.Forecast;
import io.foretide.storage.TestDatabase;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A process with sessions, and a client of it. */
abstract class OnSessions {
    static final double[] VALUES = TrainedModels.values(80, 7);

    SessionFixture fixture;
    SessionFixture.Process process;
    TestClient client;

    @BeforeEach
    void start() {
        fixture = new SessionFixture(TestDatabase.inMemory());
        process = fixture.start();
        client = process.connect();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    Forecast predicted(double... values) {
        return predictedBy(1, values);
    }

    Forecast predictedBy(int version, double... values) {
        Predictor predictor = fixture.models.predictor(version);
        return predictor.predict(values, 6, predictor.settings().forecast().quantiles());
    }

    static double[] first(int count) {
        return Arrays.copyOf(VALUES, count);
    }

    static double[] from(int start, int end) {
        return Arrays.copyOfRange(VALUES, start, end);
    }

    static void assertSame(Forecast actual, Forecast expected) {
        assertThat(actual.mean()).isEqualTo(expected.mean());
        assertThat(actual.quantiles()).isDeepEqualTo(expected.quantiles());
    }
}
