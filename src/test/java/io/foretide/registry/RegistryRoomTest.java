package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.storage.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A registry of two models, one of them with two versions. */
class RegistryRoomTest {
    private final TestDatabase database = TestDatabase.inMemory();

    @BeforeEach
    void register() {
        var fixture = new RegistryFixture(database);
        fixture.register("air");
        fixture.register("air");
        fixture.register("water");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void require(int maxModels, int maxVersions, String model) {
        new RegistryRoom(database.client(), limits(maxModels, maxVersions)).requireRoom(new ModelName(model));
    }

    private static RegistryProperties limits(int maxModels, int maxVersions) {
        return new RegistryProperties(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), Duration.ZERO, 10, maxModels, maxVersions, 2, 1);
    }

    @Test
    void refusesAVersionTooMany() {
        var problem = catchThrowableOfType(ProblemException.class, () -> require(10, 2, "air"));

        assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(problem.detail()).contains("air has 2 versions", "foretide.registry.max-versions");
        assertThatCode(() -> require(10, 2, "water")).doesNotThrowAnyException();
    }

    @Test
    void refusesAModelTooManyAndStillTakesVersionsOfThoseThereAre() {
        var problem = catchThrowableOfType(ProblemException.class, () -> require(2, 5, "fire"));

        assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(problem.detail()).contains("2 models", "foretide.registry.max-models");
        assertThatCode(() -> require(2, 5, "air")).doesNotThrowAnyException();
        assertThatCode(() -> require(3, 5, "fire")).doesNotThrowAnyException();
    }
}
